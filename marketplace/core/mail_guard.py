"""E-mail addresses that nobody reads, and the one door by which all mail leaves past them.

The engine wants an e-mail address with every order. The order of a buyer who gave none has one
below ``NO_MAIL_DOMAIN``, made of a keyed hash of the phone number: nobody reads the number from it,
and what the engine counts by buyer (a voucher that each uses once) counts. It is never shown, and
no mail goes to it, whoever sends it.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from marketplace.core.hashes import keyed_hash

GUARD = "marketplace.core.mail_guard.GuardedBackend"
# No name below it is ever given to anybody (RFC 2606).
_NEVER_DELIVERED = ".invalid"
NAME_LENGTH = 32


def unread_address(phone: str) -> str:
    """The address for the engine of a buyer who has a phone number (E.164) alone."""
    name = keyed_hash(("unread address", phone))[:NAME_LENGTH]
    return f"phone-{name}@{settings.NO_MAIL_DOMAIN}"


def is_unread(address: str) -> bool:
    """Whether nobody reads what is mailed to an address."""
    domain = address.strip().rpartition("@")[2].rstrip(">").lower()
    return domain == settings.NO_MAIL_DOMAIN or domain.endswith(_NEVER_DELIVERED)


def read_address(address: str) -> str:
    """An address as the engine has it; empty for one that nobody reads."""
    return "" if is_unread(address) else address


def sending_backend() -> str:
    """The dotted path of what sends mails, behind the door."""
    is_guarded = settings.EMAIL_BACKEND == GUARD
    return str(settings.MAIL_BACKEND if is_guarded else settings.EMAIL_BACKEND)


class GuardedBackend(BaseEmailBackend):
    """Hands mails to ``MAIL_BACKEND``, without recipients that nobody reads."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        super().__init__(fail_silently=fail_silently)
        self._sender = get_connection(settings.MAIL_BACKEND, fail_silently=fail_silently, **kwargs)

    def open(self) -> bool | None:
        """Connect to the mail server."""
        found: bool | None = self._sender.open()
        return found

    def close(self) -> None:
        """End the connection."""
        self._sender.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each to those who read it; returns how many were handed on."""
        read = [mail for mail in email_messages if _for_readers(mail)]
        return int(self._sender.send_messages(read) or 0) if read else 0


def _for_readers(mail: EmailMessage) -> bool:
    """Take out recipients that nobody reads; false if none is left."""
    for name in ("to", "cc", "bcc"):
        setattr(mail, name, [one for one in getattr(mail, name) if not is_unread(one)])
    return bool(mail.recipients())
