"""What payments tell the rooms above. Amounts are minor units of ``currency``."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from marketplace.core.events import Event


class PaymentPart(BaseModel):
    """The share of one cooperative's vendor order in a captured payment."""

    vendor_order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    goods_minor: int
    shipping_minor: int


class PaymentCaptured(Event):
    """A buyer's card was charged for an order. Published once for an order."""

    aggregate: ClassVar[str] = "order"

    order_id: UUID
    payment_id: UUID
    method: str
    provider: str
    currency: str
    amount_minor: int
    parts: list[PaymentPart]


class RefundedLine(BaseModel):
    """Units of a vendor order's line for which the buyer got money back."""

    line_id: UUID
    quantity: int
    amount_minor: int


class RefundMade(Event):
    """A buyer got money back for lines of one cooperative's vendor order."""

    aggregate: ClassVar[str] = "vendor_order"

    refund_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    lines: list[RefundedLine]
    payment_method: str


class CashRemitted(Event):
    """A carrier paid the programme the cash that it collected for one vendor order."""

    aggregate: ClassVar[str] = "vendor_order"

    remittance_line_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
