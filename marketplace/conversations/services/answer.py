"""A member, or an adviser for the cooperative, answers a buyer; staff what was asked of them."""

from django.db import transaction

from marketplace.conversations.events import CooperativeAnswered
from marketplace.conversations.models import Conversation, ConversationState, Message, Side
from marketplace.conversations.services.messages import add_message, locked
from marketplace.conversations.texts import clean_text
from marketplace.core import audit
from marketplace.core.events import publish
from marketplace.core.throttle import Use, require
from vendors.accounts import User
from vendors.policy import actor_for


def answering_side(conversation: Conversation) -> Side:
    """Who answers in a conversation."""
    return Side.STAFF if conversation.is_to_programme else Side.COOPERATIVE


def answer_buyer(*, conversation: Conversation, text: str, form_key: str, by: User) -> Message:
    """The cooperative's or the staff's message; the same form sent twice is one.

    Whether ``by`` may answer is the access policy's to say. Raises NothingWritten,
    MessageTooLong, ConversationClosed, and TooSoon above the limit of the conversation.
    """
    text = clean_text(text)
    require(Use("conversation_message", str(conversation.pk)))
    with transaction.atomic():
        current = locked(conversation)
        message, is_new = add_message(
            current, side=answering_side(current), text=text, form_key=form_key, written_by=by
        )
        if is_new:
            current.state = ConversationState.ANSWERED
            current.first_answer_at = current.first_answer_at or message.sent_at
            current.save(update_fields=["state", "last_message_at", "first_answer_at"])
            own = current.cooperative
            actor = actor_for(by, own) if own else by.actor
            audit.record("conversation.answered", current, by=actor)
            publish(
                CooperativeAnswered(
                    aggregate_id=current.pk, occurred_at=message.sent_at, message_id=message.pk
                )
            )
    return message
