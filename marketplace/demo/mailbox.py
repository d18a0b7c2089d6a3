"""The demo's own mailbox: who reads a mail in the outbox answers it there, as by a mail program."""

import mailbox
from email.message import EmailMessage
from email.utils import make_msgid

from django.conf import settings

from marketplace.core.models import SentMail


def send_reply(mail: SentMail, text: str) -> None:
    """Put an answer of a mail's recipient into the mailbox, with the mail quoted below it."""
    reply = EmailMessage()
    reply["From"], reply["To"] = mail.recipient, mail.reply_to
    reply["Subject"] = f"Re: {mail.subject}"
    reply["Message-ID"] = make_msgid(domain="twiza.example")
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    reply.set_content(f"{text}\n\n{quoted}\n")
    assert settings.REPLY_FOLDER is not None  # a demo has one
    mailbox.Maildir(settings.REPLY_FOLDER).add(reply.as_bytes())
