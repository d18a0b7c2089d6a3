"""What other rooms, and our own mails, hear of payouts."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class PayoutReturned(Event):
    """A payment came back from the bank or the provider: the cooperative has to be told."""

    aggregate: ClassVar[str] = "cooperative"
    cooperative_id: UUID
    programme_id: UUID
    payout_line_id: UUID
