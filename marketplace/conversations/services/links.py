"""Links by which a buyer comes back to a conversation without an account."""

from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationLink
from marketplace.conversations.retention import LINK, kept_for
from marketplace.core.hashes import new_token, token_hash


def issue_link(*, conversation: Conversation, is_mailed: bool) -> str:
    """A new token of 128 random bits for a conversation; only its hash is kept."""
    token = new_token()
    now = timezone.now()
    ConversationLink(
        token_hash=token_hash(token),
        conversation=conversation,
        is_mailed=is_mailed,
        expires_at=now + kept_for(LINK, now.date()),
    ).save(force_insert=True)
    return token
