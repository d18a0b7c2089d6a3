"""The list of the reviews of what a cooperative sold."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.queries import rows_of_cooperative, to_answer
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.portal.access import MemberAccess

STARS = [(str(stars), "★" * stars) for stars in (5, 4, 3, 2, 1)]


def _page(row: Review, access: MemberAccess) -> str:
    own = {"cooperative": access.cooperative.slug, "review_id": row.pk}
    return reverse("portal:review", kwargs=own)


def _title(row: Review) -> str:
    return row.line.title_in(get_language() or "ar")


REVIEWS = RowList(
    name="reviews",
    title=_("Reviews of buyers"),
    permission="review:answer",
    rows=lambda access: rows_of_cooperative(access.scope),
    default="-written",
    columns=(
        Column(key="product", heading=_("Product"), value=_title, link=_page, strong=True),
        Column(key="stars", heading=_("Stars"), value="stars", kind="number", sort=True),
        Column(
            key="written", heading=_("Written on"), value="written_at", kind="moment", sort=True
        ),
        Column(
            key="state", heading=_("State"), value="state", sort=True,
            template="portal/reviews/state_cell.html",
        ),
    ),
    filters=(
        Choice(
            key="state", label=_("State"),
            choices=[
                ("answer", _("Not answered")),
                (ReviewState.SHOWN.value, ReviewState.SHOWN.label),
                (ReviewState.HIDDEN.value, ReviewState.HIDDEN.label),
            ],
            special={"answer": to_answer},
        ),
        Choice(key="stars", label=_("Stars"), choices=STARS),
        DateRange(key="written", label=_("Written on"), path="written_at", is_moment=True),
    ),
)  # fmt: skip
