"""When the parcels of a purchase were shipped, delivered, refunded and paid."""

from datetime import datetime, timedelta
from uuid import UUID

from marketplace.demo.world.chance import named
from marketplace.demo.world.orders import Course, Purchase

CASH_CHARGED_AFTER = timedelta(days=14)


def order_id_of(purchase: Purchase) -> UUID:
    """Our id of a past order, the same at every attempt."""
    return named("order", purchase.number)


def is_refunded(purchase: Purchase) -> bool:
    """Whether the buyer is refunded for some of it, sooner or later."""
    return purchase.method == "card" and any(c.refunded_units for c in purchase.courses)


def after(purchase: Purchase, hours: float) -> datetime:
    """The moment some hours after the purchase."""
    return purchase.placed_at + timedelta(hours=hours)


def has_left(course: Course, purchase: Purchase, begun_at: datetime) -> bool:
    """Whether the parcel was shipped before the demo began."""
    return course.sent_after is not None and after(purchase, course.sent_after) <= begun_at


def is_paid(purchase: Purchase, begun_at: datetime) -> bool:
    """Whether the carriers have remitted the cash of all its parcels."""
    arrived = [after(purchase, c.arrived_after) for c in purchase.courses if c.arrived_after]
    return max(arrived) + CASH_CHARGED_AFTER <= begun_at
