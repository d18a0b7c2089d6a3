"""An answer by mail becomes a message of whom its address belongs to."""

import logging
from enum import Enum

from django.conf import settings

from marketplace.conversations.errors import ConversationClosed
from marketplace.conversations.inbound.addresses import find_reply_address
from marketplace.conversations.inbound.quotations import without_quotation
from marketplace.conversations.inbound.reading import MOST_BYTES, Unreadable, read_mail
from marketplace.conversations.models import ReplyAddress
from marketplace.conversations.services.answer import answer_buyer
from marketplace.conversations.services.write_again import write_again
from marketplace.core.errors import Forbidden, Invalid, NotFound
from marketplace.core.throttle import TooSoon
from vendors.in_office import staff_who_may, staff_who_may_for
from vendors.permissions import MemberPermission, StaffPermission
from vendors.policy import member_access

logger = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of a mail."""

    TAKEN = "taken"
    # By a machine, or about nothing of ours: nobody waits for it.
    IGNORED = "ignored"
    # A person wrote it, and it could not be taken.
    REFUSED = "refused"
    # A limit is reached: the same is tried again.
    LATER = "later"


class _Refused(Exception):
    """Why a mail is not taken, for the log."""


def take_in_mail(*, raw: bytes) -> Outcome:
    """Add what a mail says to its conversation; the same mail twice is one message.

    It counts when it came to an address that we gave to somebody, from that person's own address,
    while that person may still write. Nobody is told of a refusal: an answer would go to whoever
    the mail pretends to come from.
    """
    try:
        return _take_in(raw)
    except TooSoon:
        return Outcome.LATER
    except (_Refused, Unreadable, Invalid, ConversationClosed) as refusal:
        logger.warning("An answer by mail was refused: %s", refusal)
        return Outcome.REFUSED


def _take_in(raw: bytes) -> Outcome:
    if len(raw) > MOST_BYTES:
        raise _Refused("it is too large")
    mail = read_mail(raw)
    if mail.is_automatic:
        return Outcome.IGNORED
    address = find_reply_address(mail.recipients)
    if address is None:
        raise _Refused("its address is not one of ours, or no longer valid")
    if mail.sender != _owner(address) or not _may_write(address):
        raise _Refused("it does not come from whom the address belongs to")
    text = without_quotation(mail.text, settings.REPLY_ADDRESS)
    _write(address, text, f"mail {mail.key}")
    return Outcome.TAKEN


def _owner(address: ReplyAddress) -> str:
    found: str = address.user.email if address.user else address.conversation.email
    return found.casefold()


def _may_write(address: ReplyAddress) -> bool:
    """Whether a member still is one with the right, an adviser advises, staff are in office."""
    user = address.user
    if user is None:
        return True
    cooperative = address.conversation.cooperative
    if cooperative is None:
        written_to = [address.conversation.programme]
        return user in staff_who_may(StaffPermission.MESSAGE_ANSWER, written_to)
    try:
        member_access(user, cooperative.slug, MemberPermission.CONVERSATION_ANSWER)
    except (NotFound, Forbidden):
        return user in staff_who_may_for(StaffPermission.CONVERSATION_ANSWER, cooperative)
    return True


def _write(address: ReplyAddress, text: str, key: str) -> None:
    conversation = address.conversation
    if address.user is None:
        write_again(conversation=conversation, text=text, form_key=key)
    else:
        answer_buyer(conversation=conversation, text=text, form_key=key, by=address.user)
