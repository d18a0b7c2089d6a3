"""A dispute of a payment by the buyer's bank."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Dispute:
    """A dispute as reported by the provider; amounts in minor units of ``currency``."""

    dispute_id: UUID
    order_id: UUID
    amount_minor: int
    currency: str
    fee_minor: int
    occurred_at: datetime
