"""A buyer writes again in a conversation."""

from django.db import transaction

from marketplace.conversations.events import BuyerWrote
from marketplace.conversations.models import Conversation, ConversationState, Message, Side
from marketplace.conversations.services.messages import add_message, locked
from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.throttle import Use, require


def write_again(*, conversation: Conversation, text: str, form_key: str) -> Message:
    """The buyer's next message; the same form sent twice is one.

    Raises NothingWritten, MessageTooLong, ConversationClosed, and TooSoon above the limit of the
    conversation.
    """
    text = clean_text(text)
    require(Use("conversation_message", str(conversation.pk)))
    with transaction.atomic():
        current = locked(conversation)
        message, is_new = add_message(
            current, side=Side.BUYER, text=text, form_key=form_key, written_by=None
        )
        if is_new:
            current.state = ConversationState.WAITING
            current.save(update_fields=["state", "last_message_at"])
            by = Actor.buyer(current.pk)
            audit.record("conversation.written", current, by=by)
            publish(
                BuyerWrote(
                    aggregate_id=current.pk, occurred_at=message.sent_at, message_id=message.pk
                )
            )
    return message
