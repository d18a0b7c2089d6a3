"""What a buyer may review: what arrived, by whoever holds the order's secret page.

A refund does not take the review away: who returned a broken jar has something to say, and a
cooperative must not be able to buy a bad review off. What was cancelled, came back unopened or was
refunded because it never came was not received, and is not reviewed.
"""

from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from marketplace.orders.buyer_keys import email_key
from marketplace.orders.models import (
    ComplaintOutcome,
    ComplaintReason,
    Order,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.queries.complaints import delivered_at
from marketplace.reviews.errors import NotReceived, OwnProduct, TooLateToReview
from marketplace.reviews.times import REVIEW, days_of
from vendors.models import Membership
from vendors.queries import addresses_of_advisers
from vendors.scoping import Crossing


def received_lines(order: Order) -> list[VendorOrderLine]:
    """The lines of an order of which something arrived, one for each product."""
    parts = order.vendor_orders.crossing(Crossing.BUYER_ORDER).select_related("order")
    rows = parts.prefetch_related("lines").order_by("number")
    found: dict[object, VendorOrderLine] = {}
    for part in rows:
        for line in part.lines.all():
            if received_quantity(line):
                found.setdefault(line.listing_id, line)
    return list(found.values())


def received_quantity(line: VendorOrderLine) -> int:
    """How many units came into the buyer's hands."""
    if not line.quantity_delivered:
        return 0
    missing = line.complaints.filter(
        complaint__reason=ComplaintReason.NOT_COME, complaint__outcome=ComplaintOutcome.REFUNDED
    ).aggregate(n=Sum("quantity"))["n"]
    return int(line.quantity_delivered - (missing or 0))


def require_reviewable(line: VendorOrderLine, order: Order, now: datetime) -> None:
    """Raise NotReceived, TooLateToReview or OwnProduct where a line cannot be reviewed."""
    part = line.vendor_order
    arrived = delivered_at(part)
    if arrived is None or received_quantity(line) < 1:
        raise NotReceived
    if now > arrived + days_of(REVIEW, now.date()):
        raise TooLateToReview
    if is_of_a_member(part, order):
        raise OwnProduct


def is_of_a_member(part: VendorOrder, order: Order) -> bool:
    """Whether a member or adviser of the selling cooperative ordered, by the order's address."""
    if not order.email:
        return False
    members = Membership.objects.within(part.cooperative.scope).select_related("user")
    own = email_key(order.email)
    addresses = [membership.user.email for membership in members]
    addresses += addresses_of_advisers(part.cooperative)
    return any(email_key(address) == own for address in addresses)


def is_still_time(line: VendorOrderLine) -> bool:
    """Whether the time for a first review is not over."""
    arrived, now = delivered_at(line.vendor_order), timezone.now()
    return arrived is not None and now <= arrived + days_of(REVIEW, now.date())
