"""A mail backend that stores messages in the database, for the demo and for tests."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from marketplace.core.models import SentMail


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
                    text=str(message.body),
                    html=html,
                )
        return len(email_messages)
