"""Brings the number of a listing's reviews and their score to the catalogue, and counts stars."""

from uuid import UUID

from django.db.models import Count, QuerySet

from catalog import ratings
from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.scores import score_of
from vendors.scoping import Crossing


def recount(listing_id: UUID) -> None:
    """Count a listing's shown reviews anew, in the transaction that changed one of them.

    The catalogue's row is locked first, so that of two at once the second counts both.
    """
    with ratings.locked(listing_id) as page:
        if page is not None:
            counts = counts_of(shown_of(listing_id))
            ratings.store(page, count=sum(counts.values()), score=score_of(counts))


def recount_all() -> int:
    """Bring every listing's score up to date, as after a new rule; returns how many changed."""
    wanted: dict[UUID, dict[int, int]] = {}
    rows = Review.objects.crossing(Crossing.SCHEDULED_JOB).filter(state=ReviewState.SHOWN)
    for listing_id, stars, n in rows.values_list("listing_id", "stars").annotate(n=Count("pk")):
        wanted.setdefault(listing_id, {})[stars] = n
    now = {key: (sum(counts.values()), score_of(counts)) for key, counts in wanted.items()}
    differing = ratings.differing(now)
    for listing_id in differing:
        recount(listing_id)
    return len(differing)


def shown_of(listing_id: UUID) -> QuerySet[Review]:
    """The reviews of a listing that the shop shows."""
    rows: QuerySet[Review] = Review.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    return rows.filter(listing_id=listing_id, state=ReviewState.SHOWN)


def counts_of(rows: QuerySet[Review]) -> dict[int, int]:
    """Number of reviews by stars."""
    return dict(rows.order_by().values_list("stars").annotate(n=Count("pk")))
