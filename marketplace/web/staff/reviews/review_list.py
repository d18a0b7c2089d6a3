"""The list of a programme's reviews."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.queries import staff_rows, to_decide
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.staff.lists import common

STARS = [(str(stars), "★" * stars) for stars in (5, 4, 3, 2, 1)]
_STATES = [(s.value, s.label) for s in ReviewState if s != ReviewState.WITHDRAWN]


def _title(row: Review) -> str:
    return row.line.title_in(get_language() or "en")


REVIEWS = RowList(
    name="reviews",
    title=_("Reviews of buyers"),
    permission="review:read",
    rows=lambda access: staff_rows(access.scope),
    default="-written",
    columns=(
        Column(
            key="product", heading=_("Product"), value=_title, strong=True,
            link=common.link("review", review_id="pk"),
        ),
        common.cooperative(),
        common.region(),
        Column(key="stars", heading=_("Stars"), value="stars", kind="number", sort=True),
        Column(
            key="written", heading=_("Written on"), value="written_at", kind="moment", sort=True
        ),
        Column(
            key="answered", heading=_("Answered on"), value="answered_at", kind="moment",
            sort=True, nullable=True, shown=False,
        ),
        Column(
            key="state", heading=_("State"), value="state", sort=True,
            template="staff/reviews/state_cell.html",
            export=lambda row: row.get_state_display(),
        ),
        Column(
            key="reports", heading=_("Open reports"), value="open_reports", kind="number",
            sort=["open_reports"], shown=False,
        ),
    ),
    filters=(
        Choice(
            key="state", label=_("State"),
            choices=[("decide", _("To decide")), *_STATES],
            special={"decide": to_decide},
        ),
        Choice(key="stars", label=_("Stars"), choices=STARS),
        DateRange(key="written", label=_("Written on"), path="written_at", is_moment=True),
        common.by_cooperative(),
        common.by_region(),
    ),
)  # fmt: skip
