"""Facts about sales: what happened, and the cause under which it is posted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from marketplace.ledger.chart import Cause

PLACED, CAPTURED, DELIVERED = "placed", "captured", "delivered"


REMITTED, REFUNDED, CANCELLED = "remitted", "refunded", "cancelled"


DISPUTED, DISPUTE_WON, DISPUTE_LOST = "disputed", "dispute_won", "dispute_lost"


REFUND_BORNE, DISPUTE_BORNE = "refund_borne", "dispute_borne"


# Delivery that the buyer did not pay: the cooperative made it free from a sum.
WAIVED = "waived"


CAUSES = {
    PLACED: Cause.ORDER_PLACED,
    CAPTURED: Cause.PAYMENT_CAPTURED,
    DELIVERED: Cause.PARCEL_DELIVERED,
    WAIVED: Cause.DELIVERY_WAIVED,
    REMITTED: Cause.CASH_REMITTED,
    REFUNDED: Cause.REFUND_MADE,
    CANCELLED: Cause.ORDER_CANCELLED,
    DISPUTED: Cause.DISPUTE_OPENED,
    DISPUTE_WON: Cause.DISPUTE_WON,
    DISPUTE_LOST: Cause.DISPUTE_LOST,
    REFUND_BORNE: Cause.REFUND_MADE,
    DISPUTE_BORNE: Cause.DISPUTE_LOST,
}


@dataclass(frozen=True)
class Fact:
    """A fact about a sale, amounts in minor units; ``lines`` are (line id, quantity, amount)."""

    key: str
    kind: str
    sale_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    occurred_at: datetime
    payment_method: str = ""
    country_code: str = ""
    lines: Sequence[tuple[UUID, int, int]] = ()
    ordered: Sequence[object] = field(default=())
