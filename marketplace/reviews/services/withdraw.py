"""A buyer takes a review back: its words, name and photographs go."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.ratings import recount
from marketplace.reviews.services.locking import locked
from marketplace.reviews.services.photos import delete_photos


@transaction.atomic
def withdraw_review(*, review: Review, by: Actor) -> Review:
    """Take it back; it counts no longer. Its author may write it anew; repeated, nothing changes.

    That staff had hidden it is kept, so that what is written anew is looked at first.
    """
    row = locked(review)
    if row.state == ReviewState.WITHDRAWN:
        return row
    row.state, row.text, row.name, row.answer = ReviewState.WITHDRAWN, "", "", ""
    row.answered_at = row.answered_by = None
    row.answer_language, row.held_for, row.shows_photos = "", [], False
    row.changed_at = timezone.now()
    row.save()
    delete_photos(row)
    row.reports.filter(settled_at__isnull=True).update(settled_at=row.changed_at)
    recount(row.listing_id)
    audit.record("review.withdrawn", row, by=by)
    return row
