"""Mails of a conversation, each in the reader's language, each once for its event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from marketplace.conversations.models import (
    Conversation,
    ConversationReport,
    Message,
    Side,
)
from marketplace.conversations.queries import shown_text
from marketplace.conversations.services.links import issue_link
from marketplace.conversations.subjects import cooperative_name, subject_title
from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from vendors.models import Membership
from vendors.permissions import StaffPermission
from vendors.policy import staff_who_may_for
from vendors.queries import members_who_ship
from vendors.scoping import CooperativeScope, Crossing


@dataclass(frozen=True)
class _Mail:
    """What a mail says: sentences, what somebody wrote, and where to go."""

    subject: str
    sentences: Sequence[str]
    link: str
    quoted: str = ""
    after: str = ""


def on_begun_confirm(payload: dict[str, Any]) -> None:
    """ConversationBegun: tell the buyer that it was sent, without repeating what was written.

    The address was typed by whoever asked: the shop must not carry a stranger's text to it.
    """
    conversation = _message(payload).conversation
    with speaking(conversation.language, conversation.market):
        about = _about(conversation, conversation.language)
        _to_buyer(
            conversation,
            _Mail(
                subject=_("Your question to %(cooperative)s") % about,
                sentences=[
                    _("Your question about %(subject)s has been sent to %(cooperative)s.") % about,
                    _("We write to you when there is an answer."),
                ],
                link=_buyer_link(conversation),
                after=_(
                    "If you have not asked anything, somebody typed your address by mistake: "
                    "ignore this e-mail."
                ),
            ),
        )


def on_buyer_wrote(payload: dict[str, Any]) -> None:
    """ConversationBegun, BuyerWrote: tell the members who answer; without any, the advisers."""
    message = _message(payload)
    conversation = message.conversation
    scope = CooperativeScope(conversation.cooperative_id)
    members = members_who_ship(Membership.objects.within(scope)).select_related("user")
    place = f"/portal/{conversation.cooperative.slug}/questions/{conversation.pk}/"
    readers = [(membership.user, place) for membership in members]
    if not readers:
        answer = StaffPermission.CONVERSATION_ANSWER
        place = f"/staff/{conversation.programme.slug}/questions/{conversation.pk}/"
        advisers = staff_who_may_for(answer, conversation.cooperative)
        readers = [(adviser, place) for adviser in advisers]
    for user, path in readers:
        with speaking(user.language, conversation.cooperative.country_code.lower()):
            about = _about(conversation, user.language)
            told = about | {"name": greeted_name(conversation.name)}
            _send(
                user.email,
                user.language,
                user.name,
                _Mail(
                    subject=_("A buyer asks about %(subject)s") % about,
                    sentences=[_("%(name)s writes to you about %(subject)s:") % told],
                    quoted=shown_text(message, Side.COOPERATIVE),
                    link=f"{settings.PUBLIC_URL}{path}",
                    after=_(
                        "Answer on this page. A reply to this e-mail does not reach the buyer."
                    ),
                ),
            )


def on_answered(payload: dict[str, Any]) -> None:
    """CooperativeAnswered: the buyer reads the answer."""
    message = _message(payload)
    conversation = message.conversation
    with speaking(conversation.language, conversation.market):
        about = _about(conversation, conversation.language)
        _to_buyer(
            conversation,
            _Mail(
                subject=_("%(cooperative)s has answered you") % about,
                sentences=[_("%(cooperative)s answers your question about %(subject)s:") % about],
                quoted=shown_text(message, Side.BUYER),
                link=_buyer_link(conversation),
                after=_(
                    "Write again on this page. A reply to this e-mail does not reach the "
                    "cooperative."
                ),
            ),
        )


def on_closed(payload: dict[str, Any]) -> None:
    """ConversationClosedByStaff: the buyer reads why."""
    message = _message(payload)
    conversation = message.conversation
    with speaking(conversation.language, conversation.market):
        about = _about(conversation, conversation.language)
        _to_buyer(
            conversation,
            _Mail(
                subject=_("Your conversation with %(cooperative)s was closed") % about,
                sentences=[_("The programme has closed your conversation. Its reason:")],
                quoted=message.text,
                link=_buyer_link(conversation),
            ),
        )


def on_reported(payload: dict[str, Any]) -> None:
    """ConversationReported: staff who decide on it are told, without its text."""
    rows = ConversationReport.objects.crossing(Crossing.SCHEDULED_JOB)
    report = rows.select_related("conversation__cooperative", "conversation__programme").get(
        pk=payload["report_id"]
    )
    conversation = report.conversation
    moderate = StaffPermission.CONVERSATION_MODERATE
    programme = conversation.programme
    for user in staff_who_may_for(moderate, conversation.cooperative):
        with speaking(user.language, programme.home):
            about = _about(conversation, user.language)
            path = f"/staff/{programme.slug}/questions/{conversation.pk}/"
            _send(
                user.email,
                user.language,
                user.name,
                _Mail(
                    subject=_("A conversation with %(cooperative)s was reported") % about,
                    sentences=[
                        _("Read the conversation about %(subject)s, and decide on this page:")
                        % about
                    ],
                    link=f"{settings.PUBLIC_URL}{path}",
                ),
            )


def buyer_address(conversation: Conversation, token: str) -> str:
    """The public address of a conversation's page for its buyer."""
    place = f"{conversation.market}/{conversation.language}/questions/{token}/"
    return f"{settings.PUBLIC_URL}/{place}"


def _message(payload: dict[str, Any]) -> Message:
    rows = Message.objects.crossing(Crossing.SCHEDULED_JOB)
    found: Message = rows.select_related(
        "conversation__cooperative", "conversation__programme", "conversation__vendor_order"
    ).get(pk=UUID(payload["message_id"]))
    return found


def _about(conversation: Conversation, language: str) -> dict[str, str]:
    return {
        "cooperative": cooperative_name(conversation, language),
        "subject": subject_title(conversation, language),
    }


def _buyer_link(conversation: Conversation) -> str:
    return buyer_address(conversation, issue_link(conversation=conversation, is_mailed=True))


def _to_buyer(conversation: Conversation, mail: _Mail) -> None:
    name = greeted_name(conversation.name)
    _send(conversation.email, conversation.language, name, mail)


def _send(to: str, language: str, name: str, mail: _Mail) -> None:
    context = {
        "language": language,
        "direction": Format(language).direction,
        "subject": mail.subject,
        "name": name,
        "mail": mail,
    }
    send_mail(
        to=to,
        language=language,
        subject=mail.subject,
        text=render_to_string("conversations/mail/message.txt", context),
        html=render_to_string("conversations/mail/message.html", context),
    )
