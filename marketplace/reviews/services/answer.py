"""A member, or an adviser for the cooperative, answers a review in public."""

from django.db import transaction
from django.utils import timezone

from marketplace.conversations.masking import masked
from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.events import publish
from marketplace.reviews.errors import AddressInAnswer, AnsweredBefore, NotShown
from marketplace.reviews.events import ReviewAnswered
from marketplace.reviews.models import Review
from marketplace.reviews.services.locking import locked
from marketplace.reviews.texts import clean_words, language_of
from vendors.accounts import User
from vendors.policy import actor_for


def answer_review(*, review: Review, text: str, language: str, by: User) -> Review:
    """The cooperative's one answer, again only after the review was changed.

    Whether ``by`` may answer is the access policy's to say. Raises NothingWritten, ReviewTooLong,
    AddressInAnswer, NotShown, AnsweredBefore; the same answer sent twice is one.
    """
    text = clean_words(clean_text(text))
    if masked(text, countries=[review.cooperative.country_code]) != text:
        raise AddressInAnswer
    with transaction.atomic():
        row = locked(review)
        if row.answer == text:
            return row
        if not row.is_shown:
            raise NotShown
        if not row.may_be_answered:
            raise AnsweredBefore
        row.answer, row.answer_language = text, language_of(text, language)
        row.answered_by, row.answered_at = by, timezone.now()
        row.save(update_fields=["answer", "answer_language", "answered_by", "answered_at"])
        audit.record("review.answered", row, by=actor_for(by, row.cooperative))
        publish(ReviewAnswered(aggregate_id=row.pk, occurred_at=row.answered_at))
    return row
