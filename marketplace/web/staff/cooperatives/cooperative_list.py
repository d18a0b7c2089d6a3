"""The list of a programme's cooperatives."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.word_lists import listed
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common
from vendors import queries
from vendors.admission.queries import in_state, new_applications, with_admission
from vendors.models import AdmissionState, CooperativeStatus, Kind
from vendors.sectors import CHOICES, sector_name


def finds(access: StaffAccess, word: str) -> Q:
    """Where a word stands: in a name, or in that of the place."""
    place = common.holds("place_name", "place_name_ar")(access, word)
    return place | common.is_called(access, word, "")


COOPERATIVES = RowList(
    name="cooperatives",
    title=_("Cooperatives"),
    permission="cooperative:read",
    rows=lambda access: with_admission(
        queries.with_gaps(queries.cooperative_rows(access.scope))
    ),
    default="cooperative",
    columns=(
        common.cooperative("", link=common.link("cooperative", slug="slug")),
        Column(
            key="latin", heading=_("Legal name in Latin letters"), value="legal_name_latin",
            sort=True, shown=False,
        ),
        Column(key="place", heading=_("Place"), value="place_name", sort=True),
        common.region("", shown=True),
        Column(
            key="sector", heading=_("Sector"), value=lambda row: sector_name(row.sector),
            sort=["sector"],
        ),
        Column(
            key="kind", heading=_("Members are"), value="get_kind_display", sort=["kind"],
            shown=False,
        ),
        Column(key="members", heading=_("Members"), value="member_count", kind="number", sort=True),
        Column(
            key="women", heading=_("Women members"), value="women_count", kind="number",
            sort=True, shown=False,
        ),
        Column(
            key="founded", heading=_("Year founded"), value="founded_year", kind="code",
            sort=True, nullable=True, shown=False,
        ),
        Column(
            key="registered", heading=_("Registered"), value="created_at", kind="date",
            sort=True, shown=False,
        ),
        Column(
            key="published", heading=_("Published"), value="published_at", kind="date",
            sort=True, nullable=True, shown=False,
        ),
        Column(
            key="missing", heading=_("Missing before it sells"), shown=False,
            value=lambda row: listed([str(gap.label) for gap in queries.gaps_of(row)]),
        ),
        Column(
            key="admission", heading=_("Admission"), shown=False, sort=["admission_state"],
            nullable=True,
            value=lambda row: AdmissionState(row.admission_state).label
            if row.admission_state else "",
        ),
        Column(
            key="state", heading=_("State"), value="get_status_display", sort=["status"],
            template="staff/cooperatives/status_cell.html",
        ),
    ),
    filters=(
        Search(key="q", label=_("Name or place"), finds=finds, split=common.terms_of),
        Choice(key="status", label=_("State"), choices=CooperativeStatus.choices),
        Choice(
            key="admission", label=_("Admission"),
            choices=[*AdmissionState.choices, ("applied", _("new application"))],
            special={"applied": new_applications}
            | {state.value: partial(in_state, state=state.value) for state in AdmissionState},
        ),
        common.by_region(""),
        Choice(key="sector", label=_("Sector"), choices=CHOICES),
        Choice(key="kind", label=_("Members are"), choices=Kind.choices),
        Choice(
            key="waiting", label=_("Bank account"), choices=[("account", _("to confirm"))],
            special={"account": queries.awaiting_confirmation},
        ),
        Choice(
            key="missing", label=_("Missing before it sells"),
            choices=[("any", _("anything")), *queries.Gap.choices],
            special={"any": queries.not_ready}
            | {gap.value: partial(queries.lacking, gap=gap.value) for gap in queries.Gap},
        ),
        DateRange(key="registered", label=_("Registered"), path="created_at", is_moment=True),
    ),
)  # fmt: skip
