"""Staff decide on a reported conversation: close it, or leave it open."""

from django.db import transaction
from django.utils import timezone

from marketplace.conversations.events import ConversationClosedByStaff
from marketplace.conversations.models import Conversation, ConversationState, Side
from marketplace.conversations.services.messages import add_message, locked
from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.events import publish
from vendors.accounts import User


def close_conversation(*, conversation: Conversation, reason: str, by: User) -> Conversation:
    """End it: nobody writes in it any more, and both sides read the reason.

    Raises NothingWritten, MessageTooLong, and ConversationClosed when it was closed before.
    """
    reason = clean_text(reason)
    with transaction.atomic():
        current = locked(conversation)
        message, _new = add_message(
            current, side=Side.STAFF, text=reason, form_key="closing", written_by=by
        )
        current.state = ConversationState.CLOSED
        current.save(update_fields=["state", "last_message_at"])
        _settle(current, by)
        audit.record("conversation.closed", current, by=by.actor)
        publish(
            ConversationClosedByStaff(
                aggregate_id=current.pk, occurred_at=message.sent_at, message_id=message.pk
            )
        )
    return current


def settle_reports(*, conversation: Conversation, by: User) -> int:
    """Leave it open: the reports are done with, and staff no longer read it; returns how many."""
    with transaction.atomic():
        count = _settle(conversation, by)
        if count:
            audit.record("conversation.left_open", conversation, by=by.actor)
    return count


def _settle(conversation: Conversation, by: User) -> int:
    waiting = conversation.reports.filter(settled_at__isnull=True)
    return waiting.update(settled_at=timezone.now(), settled_by=by)
