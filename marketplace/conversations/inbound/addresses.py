"""The address to which one person answers in one conversation: ``replies+TOKEN@example.org``.

The token is 128 random bits in lower-case letters, as mail servers may change the case. Each mail
has its own, and only a hash is kept.
"""

import base64
import re
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from marketplace.conversations.models import Conversation, ReplyAddress
from marketplace.conversations.retention import LINK, kept_for
from marketplace.core.hashes import token_hash
from vendors.accounts import User
from vendors.scoping import Crossing

_TOKEN_BYTES = 16


def new_reply_address(*, conversation: Conversation, user: User | None) -> str:
    """An address for the buyer (``user`` None), a member or an adviser; empty without a mailbox."""
    mailbox: str = settings.REPLY_ADDRESS
    if not mailbox:
        return ""
    token = base64.b32encode(secrets.token_bytes(_TOKEN_BYTES)).decode().rstrip("=").lower()
    now = timezone.now()
    ReplyAddress(
        token_hash=token_hash(token),
        conversation=conversation,
        user=user,
        expires_at=now + kept_for(LINK, now.date()),
    ).save(force_insert=True)
    local, _at, domain = mailbox.partition("@")
    return f"{local}+{token}@{domain}"


def find_reply_address(recipients: Iterable[str]) -> ReplyAddress | None:
    """The row of the first address of ours among the recipients that is known and still valid."""
    local, _at, domain = settings.REPLY_ADDRESS.lower().partition("@")
    ours = re.compile(rf"{re.escape(local)}\+([a-z2-7]{{26}})@{re.escape(domain)}")
    rows = ReplyAddress.objects.crossing(Crossing.BUYER_CONVERSATION).select_related(
        "conversation__cooperative__programme", "conversation__programme", "user"
    )
    for recipient in recipients:
        for token in ours.findall(recipient.lower()):
            known = rows.filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
            if found := known.first():
                return found  # type: ignore[no-any-return]
    return None
