"""What the holder of an order's link sees of it, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from marketplace.orders.carriers import tracking_page
from marketplace.orders.models import Order, PriceOffer, Refusal
from marketplace.orders.queries.pickup import TrackedPickup
from vendors.queries import ShortProfile

PREPARING, ON_THE_WAY, DELIVERED = "preparing", "on_the_way", "delivered"
CAME_BACK, CANCELLED = "came_back", "cancelled"


@dataclass(frozen=True)
class TrackedLine:
    """What is in a parcel, as bought; ``total_minor`` is its price for this quantity."""

    listing_id: UUID
    category_slug: str
    title: str
    quantity: int
    total_minor: int


@dataclass(frozen=True)
class TrackedParcel:
    """A parcel, or what is still to be packed (``parcel_id`` is then None)."""

    parcel_id: UUID | None
    vendor_order_id: UUID
    number: int
    cooperative: ShortProfile | None
    state: str
    lines: list[TrackedLine]
    tracking_number: str
    carrier: str
    placed_at: datetime
    confirmed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    why_cancelled: str
    # Units that the buyer has sent back and the cooperative has received.
    quantity_back: int
    from_on: date | None
    to_on: date | None
    is_missed: bool
    is_late: bool
    can_confirm: bool
    # Nothing of the cooperative's part is being packed or was sent.
    can_cancel: bool
    pickup: TrackedPickup | None = None

    @property
    def carriers_page(self) -> str:
        """The address at which the carrier shows it; empty when it is not known."""
        return tracking_page(self.carrier, self.tracking_number)


@dataclass(frozen=True)
class OrderTracking:
    """The order for its page. Amounts: minor units of ``currency``. No address, no e-mail."""

    order: Order
    parcels: list[TrackedParcel]
    currency: str
    total_minor: int
    is_delivery_free: bool = False
    # What cooperatives cannot deliver; ``total_minor`` is without it.
    refusals: Sequence[Refusal] = ()

    @property
    def refused_minor(self) -> int:
        """What cannot be delivered, below zero."""
        return -sum(refusal.amount_minor for refusal in self.refusals)

    @property
    def substitutes(self) -> list[PriceOffer]:
        """What is offered instead of it."""
        return [offer for refusal in self.refusals for offer in refusal.substitutes]

    @property
    def states(self) -> set[str]:
        """The states that occur, for the title."""
        return {parcel.state for parcel in self.parcels}

    @property
    def is_sent(self) -> bool:
        """Whether a parcel goes to the buyer's address."""
        return any(parcel.pickup is None for parcel in self.parcels)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it will arrive, or has: all was cancelled or came back."""
        return self.states <= {CANCELLED, CAME_BACK}

    @property
    def awaits_transfer(self) -> bool:
        """Whether it goes on once the buyer's bank transfer has arrived."""
        return self.order.awaits_transfer and not self.is_over
