"""One change of a review at a time."""

from marketplace.reviews.models import Review
from vendors.scoping import CooperativeScope


def locked(review: Review) -> Review:
    """The review as it is now, locked until the transaction ends."""
    rows = Review.objects.within(CooperativeScope(review.cooperative_id))
    found: Review = rows.select_for_update(of=("self",)).get(pk=review.pk)
    return found
