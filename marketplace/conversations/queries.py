"""Conversations as a buyer, a cooperative and the programme's staff see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.markets import market_of
from marketplace.conversations.acquaintance import have_an_order
from marketplace.conversations.errors import ConversationLinkNotValid, ConversationNotFound
from marketplace.conversations.masking import masked
from marketplace.conversations.models import (
    Conversation,
    ConversationLink,
    ConversationReport,
    ConversationState,
    Message,
    Side,
)
from marketplace.core.hashes import token_hash
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import VendorOrder
from marketplace.orders.queries import order_of_link
from vendors.scoping import Crossing, Scope, WholeProgrammeScope


@dataclass(frozen=True)
class ShownMessage:
    """A message as one side reads it.

    ``is_masked`` when addresses are hidden in it: from the reader, or, in a message of the reader's
    own, from the other side.
    """

    side: str
    is_own: bool
    text: str
    is_masked: bool
    sent_at: datetime
    read_at: datetime | None


def conversation_rows(scope: Scope) -> QuerySet[Conversation]:
    """The conversations of a scope, for a list."""
    rows: QuerySet[Conversation] = Conversation.objects.within(scope)
    return rows.select_related("cooperative", "vendor_order")


def find_conversation(scope: Scope, conversation_id: UUID) -> Conversation:
    """A conversation; raises ConversationNotFound outside a scope."""
    rows = conversation_rows(scope).select_related("vendor_order__order", "programme")
    found = rows.filter(pk=conversation_id).first()
    if found is None:
        raise ConversationNotFound
    return found


def programme_messages(programme_id: UUID) -> QuerySet[Conversation]:
    """What was written to a programme itself, for a list of its staff."""
    rows: QuerySet[Conversation] = Conversation.objects.within(WholeProgrammeScope(programme_id))
    return rows


def find_programme_message(programme_id: UUID, conversation_id: UUID) -> Conversation:
    """One of them; raises ConversationNotFound."""
    rows = programme_messages(programme_id).select_related("programme")
    found = rows.filter(pk=conversation_id).first()
    if found is None:
        raise ConversationNotFound
    return found


def link_by_token(token: str) -> ConversationLink:
    """The link of a token with its conversation; raises ConversationLinkNotValid."""
    rows = ConversationLink.objects.crossing(Crossing.BUYER_CONVERSATION)
    found: ConversationLink | None = (
        rows.select_related(
            "conversation__cooperative", "conversation__programme", "conversation__vendor_order"
        )
        .filter(token_hash=token_hash(token), expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise ConversationLinkNotValid
    return found


def vendor_order_of_link(token: str, cooperative: str) -> VendorOrder:
    """A cooperative's part of the order behind a tracking link; raises LinkNotValid.

    Also when the buyer's data were erased: then there is nobody to answer.
    """
    order = order_of_link(token)
    rows = order.vendor_orders.select_related("order", "cooperative")
    found: VendorOrder | None = rows.filter(cooperative__slug=cooperative).first()
    if found is None or not order.is_reachable:
        raise LinkNotValid
    return found


def count_waiting(scope: Scope) -> int:
    """How many conversations of a scope wait for an answer."""
    rows = Conversation.objects.within(scope)
    return rows.filter(state=ConversationState.WAITING).count()


def thread(conversation: Conversation, reader: str) -> list[ShownMessage]:
    """The messages in their order, as a side reads them.

    Addresses in what strangers wrote are hidden until an order joins both. Staff read a reported
    conversation as it was written.
    """
    hides = _hides(conversation, reader)
    return [
        _shown(message, reader, conversation, hides=hides)
        for message in conversation.messages.all()
    ]


def shown_text(message: Message, reader: str) -> str:
    """The text of one message as a side reads it, for a mail."""
    conversation = message.conversation
    hides = _hides(conversation, reader)
    return _shown(message, reader, conversation, hides=hides).text


def with_open_reports(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Those of which somebody complained, and nobody has looked yet."""
    reports = ConversationReport.objects.filter(
        conversation=OuterRef("pk"), settled_at__isnull=True
    )
    return rows.filter(Exists(reports))


def staff_rows(scope: Scope) -> QuerySet[Any]:
    """The conversations of a scope with the number of open reports, for a list of staff."""
    waiting = Count("reports", filter=Q(reports__settled_at__isnull=True), distinct=True)
    return conversation_rows(scope).annotate(open_reports=waiting)


def reports_of(conversation: Conversation) -> list[ConversationReport]:
    """The reports of a conversation, the latest first."""
    return list(conversation.reports.select_related("settled_by").order_by("-reported_at"))


def is_reported(conversation: Conversation) -> bool:
    """Whether a report waits for staff: only then do they read the text."""
    return bool(conversation.reports.filter(settled_at__isnull=True).exists())


def _hides(conversation: Conversation, reader: str) -> bool:
    """Whether addresses of strangers are hidden; between a buyer and the staff they are not."""
    if reader == Side.STAFF or conversation.is_to_programme:
        return False
    return not have_an_order(conversation)


def _shown(
    message: Message, reader: str, conversation: Conversation, *, hides: bool
) -> ShownMessage:
    is_own = message.side == reader
    hidden = message.text
    asked = conversation.cooperative
    if hides and asked is not None and message.side != Side.STAFF:
        abroad = market_of(conversation.market).default_country
        hidden = masked(hidden, countries=[asked.country_code, abroad])
    return ShownMessage(
        side=message.side,
        is_own=is_own,
        text=message.text if is_own else hidden,
        is_masked=hidden != message.text,
        sent_at=message.sent_at,
        read_at=message.read_at,
    )
