"""The list of an adviser's cooperatives: those that lack most first."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.word_lists import listed
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, Rows, Search
from marketplace.web.staff.advising.lacks import Lack, advised_rows, lacking, lacks_of
from marketplace.web.staff.cooperatives.cooperative_list import finds
from marketplace.web.staff.lists import common
from vendors.models import AdmissionState, CooperativeStatus


def _late(rows: Rows) -> Rows:
    return rows.filter(is_step_late=True)


def _never(rows: Rows) -> Rows:
    return rows.filter(last_visit_on__isnull=True)


ADVISED = RowList(
    name="advised",
    title=_("Advising"),
    permission="cooperative:read",
    rows=advised_rows,
    default="-lacks",
    columns=(
        common.cooperative("", link=common.link("cooperative", slug="slug"), strong=True),
        Column(key="place", heading=_("Place"), value="place_name", sort=True, shown=False),
        common.region(""),
        Column(
            key="lacks", heading=_("Missing or waiting"), sort=["lack_count"],
            value=lambda row: listed(lacks_of(row)), template="staff/advising/lacks_cell.html",
        ),
        Column(
            key="orders", heading=_("Orders waiting"), value="orders_waiting", kind="number",
            sort=True, shown=False,
        ),
        Column(
            key="admission", heading=_("Admission"), sort=["admission_state"], nullable=True,
            shown=False,
            value=lambda row: AdmissionState(row.admission_state).label
            if row.admission_state else "",
        ),
        Column(
            key="visited", heading=_("Last visit"), value="last_visit_on", kind="date", sort=True,
            nullable=True,
        ),
        Column(
            key="next", heading=_("Next step by"), value="next_step_on", kind="date", sort=True,
            nullable=True,
        ),
        Column(
            key="act", heading=_("Steps"), template="staff/advising/action_cell.html",
            in_files=False,
        ),
    ),
    filters=(
        Search(key="q", label=_("Name or place"), finds=finds, split=common.terms_of),
        Choice(
            key="lack", label=_("Missing or waiting"),
            choices=[("any", _("anything")), *Lack.choices],
            special={"any": lambda rows: rows.filter(Q(lack_count__gt=0))}
            | {lack.value: lacking(lack.value) for lack in Lack},
        ),
        Choice(
            key="visits", label=_("Visits"),
            choices=[("late", _("next step overdue")), ("never", _("not visited yet"))],
            special={"late": _late, "never": _never},
        ),
        Choice(key="status", label=_("State"), choices=CooperativeStatus.choices),
        common.by_region(""),
    ),
)  # fmt: skip
