"""The state of a vendor order, derived from its lines and parcels; cancelling what is left."""

from collections.abc import Iterable
from datetime import datetime

from marketplace.core.events import publish
from marketplace.orders.events import (
    DeliveredLine,
    VendorOrderCancelled,
)
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelState,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.services.amounts import worth
from vendors.scoping import Crossing

_ON_THE_WAY = (ParcelState.SHIPPED, ParcelState.DELIVERED)


def refresh_state(vendor_order: VendorOrder) -> None:
    """Set the state that follows from lines and parcels; a cancelled vendor order stays so."""
    refresh_states([vendor_order])


def refresh_states(vendor_orders: Iterable[VendorOrder]) -> None:
    """As ``refresh_state``, with one statement for those that come to the same state."""
    changed: dict[str, list[VendorOrder]] = {}
    for vendor_order in vendor_orders:
        if vendor_order.state == VendorOrderState.CANCELLED:
            continue
        found = _state(vendor_order)
        if found != vendor_order.state:
            changed.setdefault(found, []).append(vendor_order)
    rows = VendorOrder.objects.crossing(Crossing.ENGINE_PROJECTION)
    for state, found_rows in changed.items():
        rows.filter(pk__in=[row.pk for row in found_rows]).update(state=state)
        for row in found_rows:
            row.state = state


def _state(vendor_order: VendorOrder) -> str:
    lines = list(vendor_order.lines.all())
    shipped = sum(line.quantity_shipped for line in lines)
    wanted = sum(line.quantity_kept for line in lines)
    if shipped == 0:
        confirmed = vendor_order.confirmed_at is not None
        return VendorOrderState.CONFIRMED if confirmed else VendorOrderState.PLACED
    if shipped < wanted:
        return VendorOrderState.PART_SHIPPED
    states = {parcel.state for parcel in vendor_order.parcels.all()}
    arrived = ParcelState.DELIVERED in states and ParcelState.SHIPPED not in states
    return VendorOrderState.DELIVERED if arrived else VendorOrderState.SHIPPED


def cancel_what_is_left(order: Order, *, reason: str, at: datetime) -> None:
    """The engine cancelled the order: cancel every vendor order of which nothing was shipped."""
    rows = order.vendor_orders.crossing(Crossing.ENGINE_PROJECTION).select_for_update()
    for vendor_order in rows:
        close_as_cancelled(vendor_order, reason=reason, at=at)


def close_as_cancelled(vendor_order: VendorOrder, *, reason: str, at: datetime) -> bool:
    """Mark a locked vendor order cancelled and publish it, once; not one that has arrived.

    The event carries what was neither delivered, refunded nor refused before.
    """
    if vendor_order.state in {VendorOrderState.CANCELLED, VendorOrderState.DELIVERED}:
        return False
    if vendor_order.parcels.filter(state__in=_ON_THE_WAY).exists():
        return False
    vendor_order.state = VendorOrderState.CANCELLED
    vendor_order.cancelled_at = at
    vendor_order.cancel_reason = reason[:200]
    vendor_order.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    publish(_cancelled_event(vendor_order, at))
    return True


def _cancelled_event(vendor_order: VendorOrder, at: datetime) -> VendorOrderCancelled:
    lines = []
    for line in vendor_order.lines.all():
        # What was refused is refunded, or is about to be.
        gone = line.quantity_delivered + max(line.quantity_refunded, line.quantity_refused)
        left = max(line.quantity - gone, 0)
        if left:
            amount = worth(line, already=gone, more=left)
            lines.append(DeliveredLine(line_id=line.pk, quantity=left, amount_minor=amount))
    return VendorOrderCancelled(
        aggregate_id=vendor_order.pk,
        occurred_at=at,
        vendor_order_id=vendor_order.pk,
        order_id=vendor_order.order_id,
        cooperative_id=vendor_order.cooperative_id,
        programme_id=vendor_order.programme_id,
        currency=vendor_order.currency,
        goods_minor=sum(line.amount_minor for line in lines),
        shipping_minor=0 if _shipping_is_due(vendor_order) else vendor_order.shipping_minor,
        payment_method=vendor_order.order.payment_method,
        lines=lines,
    )


def _shipping_is_due(vendor_order: VendorOrder) -> bool:
    """Whether a parcel of it arrived: then delivery is due."""
    return (
        Parcel.objects.crossing(Crossing.ENGINE_PROJECTION)
        .filter(vendor_order=vendor_order, state=ParcelState.DELIVERED)
        .exists()
    )
