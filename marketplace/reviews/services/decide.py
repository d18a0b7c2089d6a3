"""Staff decide on a review: it is shown, with or without its photographs, or hidden."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.events import publish
from marketplace.reviews.errors import ReviewDecided
from marketplace.reviews.events import ReviewHidden, ReviewRestored, ReviewShown
from marketplace.reviews.models import Review, ReviewState
from marketplace.reviews.ratings import recount
from marketplace.reviews.services.locking import locked
from vendors.accounts import User


@transaction.atomic
def show_review(*, review: Review, version: str, with_photos: bool, by: User) -> Review:
    """Show it: one that was held, one that was hidden, one of which somebody complained.

    Raises ReviewDecided when it is no longer the ``version`` that was read.
    """
    row, now = _unchanged(review, version), timezone.now()
    was_hidden, was_held = row.state == ReviewState.HIDDEN, row.state == ReviewState.HELD
    row.state, row.held_for, row.hidden_reason = ReviewState.SHOWN, [], ""
    row.shows_photos = with_photos and row.photos.exists()
    is_new = row.shown_at is None
    row.shown_at = row.shown_at or now
    _save(row, by, now)
    audit.record("review.shown", row, by=by.actor, with_photos=row.shows_photos)
    if was_hidden:
        publish(ReviewRestored(aggregate_id=row.pk, occurred_at=now))
    elif was_held:
        publish(ReviewShown(aggregate_id=row.pk, occurred_at=now, is_new=is_new, was_held=True))
    return row


@transaction.atomic
def hide_review(*, review: Review, version: str, reason: str, by: User) -> Review:
    """Hide it, with a reason that its author and the cooperative read.

    It counts no longer. Raises NothingWritten without a reason, ReviewDecided as above.
    """
    reason = clean_text(reason)
    row, now = _unchanged(review, version), timezone.now()
    row.state, row.hidden_reason = ReviewState.HIDDEN, reason
    row.held_for, row.shows_photos = [], False
    _save(row, by, now)
    audit.record("review.hidden", row, by=by.actor, reason=reason)
    publish(ReviewHidden(aggregate_id=row.pk, occurred_at=now))
    return row


def _unchanged(review: Review, version: str) -> Review:
    row = locked(review)
    if row.version != version or row.state == ReviewState.WITHDRAWN:
        raise ReviewDecided
    return row


def _save(row: Review, by: User, now: datetime) -> None:
    row.decided_by, row.decided_at = by, now
    row.save()
    row.reports.filter(settled_at__isnull=True).update(settled_at=now)
    recount(row.listing_id)
