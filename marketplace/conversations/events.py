"""Events of conversations; the aggregate is the conversation."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class ConversationBegun(Event):
    """A buyer has asked something for the first time."""

    aggregate: ClassVar[str] = "conversation"

    message_id: UUID


class BuyerWrote(Event):
    """A buyer wrote again."""

    aggregate: ClassVar[str] = "conversation"

    message_id: UUID


class CooperativeAnswered(Event):
    """The cooperative, or an adviser for it, answered."""

    aggregate: ClassVar[str] = "conversation"

    message_id: UUID


class PriceOffered(Event):
    """The cooperative offered the buyer a price."""

    aggregate: ClassVar[str] = "conversation"

    conversation_id: UUID
    version: int


class PriceOfferWithdrawn(Event):
    """The cooperative withdrew its offer."""

    aggregate: ClassVar[str] = "conversation"

    conversation_id: UUID
    version: int


class PriceOfferDeclined(Event):
    """The buyer declined an offer."""

    aggregate: ClassVar[str] = "conversation"

    conversation_id: UUID
    version: int


class ConversationReported(Event):
    """One side reported the other to the programme's staff."""

    aggregate: ClassVar[str] = "conversation"

    report_id: int


class ConversationClosedByStaff(Event):
    """Staff closed it; the message says why."""

    aggregate: ClassVar[str] = "conversation"

    message_id: UUID
