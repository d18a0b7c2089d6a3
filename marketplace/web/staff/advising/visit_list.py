"""The list of visits."""

from django.utils.translation import gettext_lazy as _

from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Search
from marketplace.web.staff.lists import common
from vendors import queries
from vendors.models import VisitKind

VISITS = RowList(
    name="visits",
    title=_("Visits"),
    permission="cooperative:read",
    rows=lambda access: queries.visits_in(access.scope),
    default="-day",
    columns=(
        Column(
            key="day", heading=_("Day"), value="visited_on", kind="date", sort=True, strong=True,
            link=common.link("visit", visit_id="pk"),
        ),
        common.cooperative(link=common.link("cooperative", slug="cooperative.slug")),
        common.region(),
        Column(
            key="kind", heading=_("Kind"), value="kind_label", sort=["kind", "session_number"]
        ),
        Column(key="done", heading=_("What was done"), value="done"),
        Column(key="next", heading=_("What comes next"), value="next_step", shown=False),
        Column(
            key="until", heading=_("Next step by"), value="next_on", kind="date", sort=True,
            nullable=True,
        ),
        Column(key="by", heading=_("By"), value="by.name", sort=True),
    ),
    filters=(
        Search(
            key="q", label=_("Cooperative or words"),
            finds=common.holds_or_called("done", "next_step"), split=common.terms_of,
        ),
        Choice(key="kind", label=_("Kind"), choices=VisitKind.choices),
        common.by_cooperative(),
        common.by_region(),
        DateRange(key="day", label=_("Day"), path="visited_on"),
        DateRange(key="until", label=_("Next step by"), path="next_on"),
    ),
)  # fmt: skip
