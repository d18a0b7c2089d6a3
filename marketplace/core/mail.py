"""How every mail is sent, and a backend that stores mails in the database, for the demo."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail_outages import raising_unavailable
from marketplace.core.market_usage import market_spoken_to
from marketplace.core.models import SentMail
from marketplace.core.page_digits import in_page_digits, in_text_digits


def send_mail(
    *, to: str, language: str, subject: str, text: str, html: str = "", reply_to: str = ""
) -> None:
    """Send a mail that was written in a language; its subject ends with the shop's name.

    Its numbers are in the digits of the market that it is written to (``speaking``). Raises
    MailServerUnavailable.
    """
    form = Format(language, market_spoken_to() or "ma")
    message = EmailMultiAlternatives(
        in_text_digits(titled(subject, language), form),
        in_text_digits(text, form),
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Content-Language": language},
    )
    if html:
        message.attach_alternative(in_page_digits(html, form), "text/html")
    with raising_unavailable():
        message.send()


def titled(subject: str, language: str) -> str:
    """A subject as readers find it among others: what it is about, and the shop's name."""
    with translation.override(language):
        return f"{' '.join(subject.split())} | {_('Twiza')}"


class OutboxBackend(BaseEmailBackend):
    """Stores each message as a ``SentMail`` row for each recipient; nothing is sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(a[0]) for a in message.alternatives if a[1] == "text/html"), "")
            for recipient in message.recipients():
                SentMail.objects.create(
                    recipient=recipient,
                    subject=str(message.subject),
                    language=message.extra_headers.get("Content-Language", ""),
                    reply_to=next(iter(message.reply_to), ""),
                    text=str(message.body),
                    html=html,
                )
        return len(email_messages)
