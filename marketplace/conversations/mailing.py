"""How mails of a conversation are put together and sent, with an address to answer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from marketplace.conversations.inbound.addresses import new_reply_address
from marketplace.conversations.inbound.quotations import MARK
from marketplace.conversations.models import Conversation, Message
from marketplace.conversations.services.links import issue_link
from marketplace.conversations.subjects import cooperative_name, subject_title
from marketplace.core.formats import Format
from marketplace.core.hashes import token_hash
from marketplace.core.mail import send_mail
from marketplace.core.person_names import greeted_name
from marketplace.orders.services.write_text import text_buyer
from vendors.accounts import User
from vendors.scoping import Crossing


@dataclass(frozen=True)
class Mail:
    """What a mail says: sentences, what somebody wrote, and where to go.

    ``is_question`` when an answer to it is wanted, by mail too where there is a mailbox;
    ``after`` stands at its end.
    """

    subject: str
    sentences: Sequence[str]
    link: str
    quoted: str = ""
    after: str = ""
    is_question: bool = False


def message_of(payload: dict[str, Any]) -> Message:
    """The message that an event is about."""
    rows = Message.objects.crossing(Crossing.SCHEDULED_JOB)
    found: Message = rows.select_related(
        "conversation__cooperative", "conversation__programme", "conversation__vendor_order"
    ).get(pk=UUID(payload["message_id"]))
    return found


def about(conversation: Conversation, language: str) -> dict[str, str]:
    """What a conversation is about and with whom, for sentences in a language."""
    return {
        "cooperative": cooperative_name(conversation, language),
        "subject": subject_title(conversation, language),
    }


def buyer_link(conversation: Conversation) -> str:
    """The public address of a conversation's page for its buyer, with a token of its own."""
    token = issue_link(conversation=conversation, is_mailed=True)
    place = f"{conversation.market}/{conversation.language}/questions/{token}/"
    return f"{settings.PUBLIC_URL}/{place}"


def send_to_buyer(conversation: Conversation, mail: Mail) -> None:
    """To the buyer, by mail or phone, in the conversation's language, which is active."""
    if not conversation.email:
        _text_buyer(conversation, mail)
        return
    name = greeted_name(conversation.name)
    _send(conversation, conversation.email, conversation.language, name, mail, None)


def send_to_user(conversation: Conversation, user: User, mail: Mail) -> None:
    """To a member or somebody of staff, in their language, which is active."""
    _send(conversation, user.email, user.language, user.name, mail, user)


def _text_buyer(conversation: Conversation, mail: Mail) -> None:
    """Of what was written the message says nothing: the page behind the link shows it."""
    if conversation.vendor_order is not None:
        # The link is another one each time, so it tells one message from another.
        key = f"conversation:{token_hash(mail.link)[:16]}"
        order = conversation.vendor_order.order
        text_buyer(order, key=key, text=f"{mail.subject}.", link=mail.link)


def _send(
    conversation: Conversation, to: str, language: str, name: str, mail: Mail, user: User | None
) -> None:
    reply_to = ""
    if mail.is_question:
        reply_to = new_reply_address(conversation=conversation, user=user)
    context = {
        "language": language,
        "direction": Format(language).direction,
        "name": name,
        "mail": mail,
        "mark": f"{MARK} {_('Write your answer above this line')} {MARK[::-1]}" if reply_to else "",
        "how": _how_to_answer(by_mail=bool(reply_to)) if mail.is_question else "",
    }
    send_mail(
        to=to,
        language=language,
        subject=mail.subject,
        text=render_to_string("conversations/mail/message.txt", context),
        html=render_to_string("conversations/mail/message.html", context),
        reply_to=reply_to,
    )


def _how_to_answer(*, by_mail: bool) -> str:
    if by_mail:
        return _("Reply to this e-mail, or write on the page. Your address stays hidden.")
    return _("Write on this page. A reply to this e-mail does not arrive.")
