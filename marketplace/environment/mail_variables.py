"""Environment variables of mail and of messages to phones."""

from pathlib import Path
from typing import Annotated, Literal

from marketplace.environment.kinds import About, Domain, Text, WebAddress
from marketplace.environment.kinds import Mail as MailAddress
from marketplace.environment.subject import BOTH, WORKER, Variables


class Mail(Variables):
    """Mail"""

    email_url: Annotated[MailAddress, About(by=BOTH, secret=True)] = "smtp://localhost"
    """The mail server, with user and password if it needs them:
    `smtp+tls://user:password@host:587`.
    """
    from_email: Annotated[Text, About(by=BOTH)] = "Twiza <no-reply@example.org>"
    """The sender of mails."""
    email_backend: Annotated[
        Text | None, About(by=BOTH, shown="SMTP; in a demo a local outbox")
    ] = None
    """The dotted path of another Django mail backend."""
    reply_address: Annotated[
        Text, About(by=BOTH, shown="empty: on the page only; in a demo one of its own")
    ] = ""
    """Where answers by mail arrive: `replies@example.org` ([inbound-mail.md](inbound-mail.md))."""
    reply_folder: Annotated[Path | None, About(by=WORKER, shown="none; in a demo a local one")] = (
        None
    )
    """The Maildir into which the mail server puts what comes to that address."""
    no_mail_domain: Annotated[Domain, About(by=BOTH)] = "no-mail.invalid"
    """The domain of the addresses that the engine gets for orders of buyers without e-mail. Nobody
    reads them, and nothing is mailed to them ([text-messages.md](text-messages.md)).
    """


class TextMessages(Variables):
    """Messages to phones"""

    text_gateway: Annotated[
        WebAddress | None, About(by=BOTH, shown="none: buyers need e-mail; in a demo the outbox")
    ] = None
    """The address of the gateway that sends messages to phones
    ([text-messages.md](text-messages.md)). With it a buyer may order without e-mail.
    """
    text_gateway_kind: Annotated[Literal["sms", "whatsapp"], About(by=WORKER)] = "sms"
    """What it expects: an SMS, or a message of WhatsApp Business (Cloud API)."""
    text_gateway_token: Annotated[Text, About(by=WORKER, secret=True)] = ""
    """The token that lets us in there."""
    text_sender_name: Annotated[Text, About(by=WORKER)] = "Twiza"
    """The sender that an SMS shows."""
    text_template: Annotated[Text, About(by=WORKER)] = "shop_message"
    """WhatsApp's template for messages, with the text as its only value."""
    text_code_template: Annotated[Text, About(by=WORKER)] = "shop_code"
    """WhatsApp's template for codes."""
