"""Outcomes of past orders: deliveries with their evidence, and refunds."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.core.actors import Actor
from marketplace.demo.stages import BY
from marketplace.demo.stages.past_orders.timing import after, is_refunded
from marketplace.demo.world.orders import Course, Purchase
from marketplace.orders.models import EvidenceKind, Order, Parcel, ParcelState, VendorOrder
from marketplace.orders.services import record_delivery
from marketplace.payments import services as payments
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import Refund
from vendors.scoping import Crossing


def follow(orders: Sequence[tuple[Order, Purchase]], *, begun_at: datetime) -> None:
    """Record deliveries of these orders until now, with their evidence. Idempotent."""
    purchases_of = {order.pk: purchase for order, purchase in orders}
    rows = Parcel.objects.crossing(Crossing.DEMO_WORLD).filter(
        vendor_order__order__in=purchases_of, state=ParcelState.SHIPPED
    )
    arrivals = []
    for parcel in rows.select_related("vendor_order__cooperative"):
        part = parcel.vendor_order
        purchase = purchases_of[part.order_id]
        course = next(c for c in purchase.courses if c.cooperative_slug == part.cooperative.slug)
        if course.arrived_after is None or after(purchase, course.arrived_after) > begun_at:
            continue
        arrivals.append(
            record_delivery.Arrival(
                parcel=parcel,
                kind=course.evidence,
                occurred_at=after(purchase, course.arrived_after),
                by=Actor.buyer(part.order_id) if course.evidence == EvidenceKind.BUYER else BY,
                reference=course.tracking,
            )
        )
    record_delivery.record_deliveries(arrivals)


def refund(order: Order, purchase: Purchase, begun_at: datetime) -> None:
    """Refund what was refunded until now. Idempotent; calls the engine."""
    if is_refunded(purchase):
        parts = _parts(order)
        for course in purchase.courses:
            if (part := parts.get(course.cooperative_slug)) is not None:
                _refund(part, course, purchase, begun_at)


def _parts(order: Order) -> dict[str, VendorOrder]:
    rows = VendorOrder.objects.crossing(Crossing.DEMO_WORLD).filter(order=order)
    return {row.cooperative.slug: row for row in rows.select_related("cooperative", "order")}


def _refund(part: VendorOrder, course: Course, purchase: Purchase, begun_at: datetime) -> None:
    when = after(purchase, course.refund_after)
    if not course.refunded_units or purchase.method != "card" or when > begun_at:
        return
    if Refund.objects.crossing(Crossing.DEMO_WORLD).filter(vendor_order_id=part.pk).exists():
        return
    left, lines = course.refunded_units, {}
    for line in part.lines.all():
        units = min(left, line.quantity)
        if units:
            lines[line.pk], left = units, left - units
    try:
        payments.make_refund(
            vendor_order=part,
            lines=lines,
            include_shipping=course.refund_delivery and part.shipping_minor > 0,
            reason=course.reason,
            by=BY,
            occurred_at=when,
        )
    except RefundRefused:
        return
