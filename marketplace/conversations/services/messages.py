"""A message is added: once for each form, to a conversation that is open."""

from django.utils import timezone

from marketplace.conversations.errors import ConversationClosed
from marketplace.conversations.models import Conversation, Message
from marketplace.core.hashes import keyed_hash
from vendors.accounts import User


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, locked until the transaction ends.

    Raises ConversationClosed when nobody may write in it.
    """
    rows = Conversation.objects.within(conversation.scope)
    found: Conversation = rows.select_for_update().get(pk=conversation.pk)
    if found.is_closed:
        raise ConversationClosed
    return found


def add_message(
    conversation: Conversation, *, side: str, text: str, form_key: str, written_by: User | None
) -> tuple[Message, bool]:
    """A message of a locked conversation, and whether it is new: a form sent twice is one."""
    key = keyed_hash(("message", form_key, side, text))
    known = conversation.messages.filter(key=key).first()
    if known is not None:
        return known, False
    now = timezone.now()
    message = Message(
        conversation=conversation, side=side, text=text, key=key, sent_at=now, written_by=written_by
    )
    message.save(force_insert=True)
    conversation.last_message_at = now
    return message, True
