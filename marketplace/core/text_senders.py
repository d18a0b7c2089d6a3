"""Who sends text messages to phones: the interface, and the local one that a demo shows.

A text message goes out once: a sender says whether it was sent, surely not sent, or perhaps sent,
and only what was surely not sent is tried again (``orders.services.send_texts``).
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from marketplace.core.models import SentMail


class NotSentYet(Exception):
    """It was surely not sent, and may be tried again: nobody answers, or not now."""


class TextRefused(Exception):
    """It was not sent and will not be: the provider refuses this number or text."""


class PerhapsSent(Exception):
    """The answer was lost: it may have been sent, so it is not sent again by itself."""


@dataclass(frozen=True)
class OutgoingText:
    """A message to a number in E.164; ``code`` is the code in it, where it has one.

    ``reference`` is the same at every try, for providers that keep out repetitions by it.
    """

    reference: UUID
    to: str
    text: str
    language: str
    code: str = ""


class TextSender(Protocol):
    """Sends text messages."""

    def send(self, message: OutgoingText) -> str:
        """The provider's id of it, if it has one.

        Raises NotSentYet, TextRefused and PerhapsSent.
        """


class OutboxSender:
    """Keeps messages beside the mails of a demo, which shows both; nothing is sent."""

    def send(self, message: OutgoingText) -> str:
        with translation.override(message.language):
            subject = _("Message to a phone")
        kept = SentMail.objects.create(
            recipient=message.to, subject=subject, language=message.language, text=message.text
        )
        return str(kept.pk)


def reaches_phones() -> bool:
    """Whether this deployment can send text messages."""
    return bool(settings.TEXT_SENDER)


def text_sender() -> TextSender:
    """The deployment's sender; raises NotSentYet without one."""
    if not settings.TEXT_SENDER:
        raise NotSentYet("no gateway for text messages is set")
    found: TextSender = import_string(settings.TEXT_SENDER)()
    return found
