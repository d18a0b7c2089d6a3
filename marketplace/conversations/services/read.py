"""Messages are noted as read when the other side opens the conversation."""

from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationLink, Side


def mark_read(*, conversation: Conversation, reader: str) -> int:
    """Note that a side has opened what the others wrote; returns how many messages were new."""
    unread = conversation.messages.filter(read_at__isnull=True).exclude(side=reader)
    return unread.update(read_at=timezone.now())


def open_by_link(*, link: ConversationLink) -> Conversation:
    """A buyer opens a conversation: what was written is read, and a mailed link proves the mail."""
    conversation = link.conversation
    mark_read(conversation=conversation, reader=Side.BUYER)
    if link.is_mailed and conversation.proven_at is None:
        conversation.proven_at = timezone.now()
        rows = Conversation.objects.within(conversation.scope)
        rows.filter(pk=conversation.pk, proven_at__isnull=True).update(
            proven_at=conversation.proven_at
        )
    return conversation
