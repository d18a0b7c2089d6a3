"""What buyers think of listings, kept with their pages: number of reviews and score.

The reviews themselves are of a room above, which writes both here.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.events import ListingPagesChanged
from catalog.models import ListingPage
from marketplace.core.events import publish


@contextmanager
def locked(listing_id: UUID) -> Iterator[ListingPage | None]:
    """The page of a listing, locked until the transaction around it ends; None without one."""
    with transaction.atomic():
        yield ListingPage.objects.select_for_update().filter(listing_id=listing_id).first()


def store(page: ListingPage, *, count: int, score: int | None) -> None:
    """Set the number of reviews and the score in hundredths of a star; search is told."""
    if (page.review_count, page.score) == (count, score):
        return
    page.review_count, page.score = count, score
    page.save(update_fields=["review_count", "score", "updated_at"])
    publish(
        ListingPagesChanged(
            aggregate_id=page.listing_id, occurred_at=timezone.now(), listing_ids=[page.listing_id]
        )
    )


def differing(wanted: Mapping[UUID, tuple[int, int | None]]) -> list[UUID]:
    """Listings whose pages say another count or score than wanted; none is wanted for the rest."""
    known = {
        row[0]: (row[1], row[2])
        for row in ListingPage.objects.filter(review_count__gt=0).values_list(
            "listing_id", "review_count", "score"
        )
    }
    nothing = (0, None)
    everybody = wanted.keys() | known.keys()
    return sorted(key for key in everybody if wanted.get(key, nothing) != known.get(key, nothing))
