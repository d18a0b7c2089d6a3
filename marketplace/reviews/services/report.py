"""Anybody asks the programme to look at a review."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.hashes import keyed_hash
from marketplace.core.throttle import Use, require
from marketplace.reviews.errors import NotShown, ReportedBefore
from marketplace.reviews.models import ReportReason, Review, ReviewReport
from marketplace.reviews.services.locking import locked

LONGEST_REPORT = 500


def report_review(
    *, review: Review, reason: ReportReason, text: str, reporter: str, by: Actor
) -> ReviewReport:
    """Let staff look at it. ``reporter`` is a network address or an account.

    Raises NotShown, ReportedBefore while a report of the same reader waits, and TooSoon above the
    limits of the reader and of the review.
    """
    require(Use("review_report_reader", reporter), Use("review_report", str(review.pk)))
    report = ReviewReport(
        review=review,
        reporter_key=keyed_hash(("review report", reporter)),
        reason=reason,
        text=text[:LONGEST_REPORT],
        reported_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            if not locked(review).is_shown:
                raise NotShown
            report.save(force_insert=True)
            audit.record("review.reported", review, by=by, reason=reason)
    except IntegrityError:
        raise ReportedBefore from None
    return report
