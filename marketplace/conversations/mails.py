"""Mails of a conversation, each in the reader's language, each once for its event."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.conversations.mailing import (
    Mail,
    about,
    buyer_link,
    message_of,
    send_to_buyer,
    send_to_user,
)
from marketplace.conversations.models import Conversation, ConversationReport, Side
from marketplace.conversations.queries import shown_text
from marketplace.conversations.services.answer import answering_side
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from vendors.accounts import User
from vendors.in_office import staff_who_may, staff_who_may_for
from vendors.models import Membership
from vendors.permissions import StaffPermission
from vendors.queries import members_who_ship
from vendors.scoping import CooperativeScope, Crossing


def on_begun_confirm(payload: dict[str, Any]) -> None:
    """ConversationBegun: tell the buyer that it was sent, without repeating what was written.

    The address was typed by whoever asked: the shop must not carry a stranger's text to it.
    """
    conversation = message_of(payload).conversation
    if not conversation.email:
        # Asked from the page of an order: its buyer sees it there.
        return
    with speaking(conversation.language, conversation.market):
        facts = about(conversation, conversation.language)
        send_to_buyer(
            conversation,
            Mail(
                subject=_("Your question to %(cooperative)s") % facts,
                sentences=[
                    _("Your question about %(subject)s has been sent to %(cooperative)s.") % facts,
                    _("We write to you when there is an answer."),
                ],
                link=buyer_link(conversation),
                after=_(
                    "If you have not asked anything, somebody typed your address by mistake: "
                    "ignore this e-mail."
                ),
            ),
        )


def on_buyer_wrote(payload: dict[str, Any]) -> None:
    """ConversationBegun, BuyerWrote: tell the members who answer; without any, the advisers."""
    message = message_of(payload)
    conversation = message.conversation
    for user, path in who_answers(conversation):
        with speaking(user.language, home_of(conversation)):
            facts = about(conversation, user.language)
            facts["name"] = greeted_name(conversation.name)
            mail = Mail(
                subject=_("A buyer asks about %(subject)s") % facts,
                sentences=[_("%(name)s writes to you about %(subject)s:") % facts],
                quoted=shown_text(message, answering_side(conversation)),
                link=f"{settings.PUBLIC_URL}{path}",
                is_question=True,
            )
            send_to_user(conversation, user, mail)


def on_answered(payload: dict[str, Any]) -> None:
    """CooperativeAnswered: the buyer reads the answer."""
    message = message_of(payload)
    conversation = message.conversation
    with speaking(conversation.language, conversation.market):
        facts = about(conversation, conversation.language)
        mail = Mail(
            subject=_("%(cooperative)s has answered you") % facts,
            sentences=[_("%(cooperative)s answers your question about %(subject)s:") % facts],
            quoted=shown_text(message, Side.BUYER),
            link=buyer_link(conversation),
            is_question=True,
        )
        send_to_buyer(conversation, mail)


def on_closed(payload: dict[str, Any]) -> None:
    """ConversationClosedByStaff: the buyer reads why."""
    message = message_of(payload)
    conversation = message.conversation
    with speaking(conversation.language, conversation.market):
        facts = about(conversation, conversation.language)
        mail = Mail(
            subject=_("Your conversation with %(cooperative)s was closed") % facts,
            sentences=[_("The programme has closed your conversation. Its reason:")],
            quoted=message.text,
            link=buyer_link(conversation),
        )
        send_to_buyer(conversation, mail)


def on_reported(payload: dict[str, Any]) -> None:
    """ConversationReported: staff who decide on it are told, without its text."""
    rows = ConversationReport.objects.crossing(Crossing.SCHEDULED_JOB)
    report = rows.select_related("conversation__cooperative", "conversation__programme").get(
        pk=payload["report_id"]
    )
    conversation = report.conversation
    programme = conversation.programme
    if conversation.cooperative is None:
        # Staff read it anyway, and its page shows the report.
        return
    for user in staff_who_may_for(StaffPermission.CONVERSATION_MODERATE, conversation.cooperative):
        with speaking(user.language, programme.home):
            facts = about(conversation, user.language)
            read = _("Read the conversation about %(subject)s, and decide on this page:") % facts
            mail = Mail(
                subject=_("A conversation with %(cooperative)s was reported") % facts,
                sentences=[read],
                link=f"{settings.PUBLIC_URL}{_staff_path(conversation)}",
            )
            send_to_user(conversation, user, mail)


def who_answers(conversation: Conversation) -> list[tuple[User, str]]:
    """Members with the right to answer, else the advisers, each with the path of their page.

    What was written to the programme goes to its staff.
    """
    if conversation.cooperative is None:
        answering = staff_who_may(StaffPermission.MESSAGE_ANSWER, [conversation.programme])
        return [(user, _staff_path(conversation)) for user in answering]
    scope = CooperativeScope(conversation.cooperative.pk)
    members = members_who_ship(Membership.objects.within(scope)).select_related("user")
    path = f"/portal/{conversation.cooperative.slug}/questions/{conversation.pk}/"
    found = [(membership.user, path) for membership in members]
    if found:
        return found
    answer = StaffPermission.CONVERSATION_ANSWER
    advisers = staff_who_may_for(answer, conversation.cooperative)
    return [(adviser, _staff_path(conversation)) for adviser in advisers]


def _staff_path(conversation: Conversation) -> str:
    place = "messages" if conversation.is_to_programme else "questions"
    return f"/staff/{conversation.programme.slug}/{place}/{conversation.pk}/"


def home_of(conversation: Conversation) -> str:
    """The country in whose usage whoever answers is written to."""
    if conversation.cooperative is None:
        return conversation.programme.home
    return conversation.cooperative.country_code.lower()
