"""Domain events of payouts."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class PayoutReturned(Event):
    """The bank or the provider returned a payment."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID
    payout_line_id: UUID


class CommissionChangeProposed(Event):
    """Somebody proposed to set or end a commission rule; another person must confirm it."""

    aggregate: ClassVar[str] = "commission_change"
    change_id: UUID
