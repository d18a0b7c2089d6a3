"""Events of orders for other rooms. Amounts are minor units of the event's ``currency``.

``occurred_at`` is when it happened: an order when it was placed, a delivery when it arrived.
"""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from marketplace.core.events import Event


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class OrderedLine(_Part):
    """A line as bought."""

    line_id: UUID
    listing_id: UUID
    category_slug: str
    quantity: int
    total_minor: int
    # What a voucher took off that is not the cooperative's to bear, and who bears it.
    voucher_minor: int = 0
    voucher_by: str = ""


class DeliveredLine(_Part):
    """A line of a parcel: how many arrived, and what they cost."""

    line_id: UUID
    quantity: int
    amount_minor: int


class OrderPlaced(Event):
    """An order is known to us, with all its vendor orders (published after theirs)."""

    aggregate: ClassVar[str] = "order"

    order_id: UUID
    number: str
    currency: str
    total_minor: int
    payment_method: str
    vendor_order_ids: list[UUID]


class VendorOrderPlaced(Event):
    """A vendor order of a new order; the aggregate is the vendor order."""

    aggregate: ClassVar[str] = "vendor_order"

    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    tax_minor: int
    shipping_minor: int
    payment_method: str
    country_code: str
    lines: list[OrderedLine]


class ParcelDelivered(Event):
    """A parcel arrived, with evidence; only the first carries the price of delivery.

    That is ``shipping_minor``, or ``waived_minor`` if the cooperative made it free for the buyer.
    """

    aggregate: ClassVar[str] = "vendor_order"

    parcel_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    waived_minor: int = 0
    payment_method: str
    evidence: str
    lines: list[DeliveredLine]


class VendorOrderCancelled(Event):
    """A vendor order, or the rest of it, was cancelled. Amounts are those cancelled."""

    aggregate: ClassVar[str] = "vendor_order"

    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int
    payment_method: str
    lines: list[DeliveredLine]


class GoodsRefused(Event):
    """A cooperative said what of a vendor order it cannot deliver, before it is sent.

    If nothing is left with it, VendorOrderCancelled follows, which has the price of delivery.
    """

    aggregate: ClassVar[str] = "vendor_order"

    refusal_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID
    programme_id: UUID
    currency: str
    goods_minor: int
    shipping_minor: int = 0
    payment_method: str
    lines: list[DeliveredLine]


class SaleCounted(Event):
    """A listing was sold in a market: for ranking."""

    aggregate: ClassVar[str] = "listing"

    listing_id: UUID
    market: str
    quantity: int


class PaidCheckoutFailed(Event):
    """A checkout was paid or authorised, but its order cannot be made: the payment is returned.

    ``checkout_id`` and ``transaction_id`` are ours (kinds CHECKOUT and TRANSACTION of the id map).
    """

    aggregate: ClassVar[str] = "order"

    order_id: UUID
    checkout_id: UUID
    transaction_id: UUID
    payment_method: str
    currency: str
    amount_minor: int


class ParcelReturned(Event):
    """A parcel came back to the cooperative without having been handed over."""

    aggregate: ClassVar[str] = "vendor_order"

    parcel_id: UUID
    vendor_order_id: UUID
    order_id: UUID


class GoodsReturned(Event):
    """A cooperative recorded what came back to it; the ids are those of ``ReturnedGoods``."""

    aggregate: ClassVar[str] = "vendor_order"

    vendor_order_id: UUID
    order_id: UUID
    returned_ids: list[UUID]


class ComplaintMoved(Event):
    """A step of a buyer's complaint was taken; ``step_id`` is its row, ``kind`` what it was."""

    aggregate: ClassVar[str] = "vendor_order"

    complaint_id: UUID
    step_id: int
    kind: str
    state: str
    vendor_order_id: UUID
    order_id: UUID


class ParcelShipped(Event):
    """A parcel was shipped."""

    aggregate: ClassVar[str] = "vendor_order"

    parcel_id: UUID
    vendor_order_id: UUID
    order_id: UUID
    cooperative_id: UUID


class OrderReadyToCollect(Event):
    """A cooperative has made an order ready for its buyer, who collects it."""

    aggregate: ClassVar[str] = "vendor_order"

    vendor_order_id: UUID
    order_id: UUID


class BuyerErased(Event):
    """Name and addresses of its buyer were taken out of an order."""

    aggregate: ClassVar[str] = "order"

    order_id: UUID


class OrderLinkAsked(Event):
    """Somebody who knows an order's number and phone asks for its link; the buyer gets it."""

    aggregate: ClassVar[str] = "order"

    order_id: UUID
    lookup_id: UUID
