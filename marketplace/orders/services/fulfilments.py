"""Projects the engine's fulfilments as parcels: those we made, and those of its Dashboard."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from marketplace.core.events import publish
from marketplace.orders.cash_to_collect import to_collect
from marketplace.orders.engine_metadata import SENT_KEY
from marketplace.orders.events import ParcelReturned, ParcelShipped
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelLine,
    ParcelState,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.services.states import close_as_cancelled, refresh_state
from marketplace.saleor import ids
from marketplace.saleor.client import FulfillmentStatus, OrderParts
from marketplace.saleor.client.fragments import OrderPartsFulfillments
from vendors.scoping import Crossing

_RETURNED = {FulfillmentStatus.RETURNED, FulfillmentStatus.REFUNDED_AND_RETURNED}
_SENT = (ParcelState.SHIPPED, ParcelState.DELIVERED, ParcelState.RETURNED)


def project_fulfilments(order: Order, engine_order: OrderParts) -> None:
    """Bring parcels up to date with the engine. The caller holds the order's row lock."""
    vendor_orders = {
        row.pk: row for row in order.vendor_orders.crossing(Crossing.ENGINE_PROJECTION)
    }
    lines = {line.pk: line for row in vendor_orders.values() for line in row.lines.all()}
    line_ids = ids.our_ids(ids.ORDER_LINE, [line.id for line in engine_order.lines])
    for fulfilment in sorted(engine_order.fulfillments, key=lambda f: f.fulfillment_order):
        quantities = quantities_of(fulfilment, line_ids)
        if quantities:
            vendor_order = vendor_orders[lines[next(iter(quantities))].vendor_order_id]
            _project(vendor_order, fulfilment, quantities, sent_at(engine_order, fulfilment))
    _count_returned(engine_order, line_ids, lines)
    for vendor_order in vendor_orders.values():
        _refresh(vendor_order)


def quantities_of(fulfilment: OrderPartsFulfillments, line_ids: dict[str, UUID]) -> dict[UUID, int]:
    """The quantity of each of our lines in a fulfilment."""
    return {
        line_ids[row.order_line.id]: row.quantity
        for row in fulfilment.lines or ()
        if row.order_line is not None and row.order_line.id in line_ids and row.quantity > 0
    }


def sent_at(engine_order: OrderParts, fulfilment: OrderPartsFulfillments) -> datetime:
    """When a parcel was shipped: as an import says, else when the fulfilment was created."""
    told = next((item.value for item in engine_order.private_metadata if item.key == SENT_KEY), "")
    try:
        known = json.loads(told)[fulfilment.tracking_number] if told else None
    except (ValueError, KeyError, TypeError):
        known = None
    return _instant(known or fulfilment.created)


def _project(
    vendor_order: VendorOrder,
    fulfilment: OrderPartsFulfillments,
    quantities: dict[UUID, int],
    at: datetime,
) -> None:
    parcel = _known_parcel(fulfilment.id)
    if parcel is None:
        if fulfilment.status != FulfillmentStatus.FULFILLED:
            return
        if vendor_order.state == VendorOrderState.CANCELLED:
            return
        parcel = _waiting_parcel(vendor_order, quantities) or _new_parcel(vendor_order, quantities)
        ids.link(ids.FULFILLMENT, parcel.pk, fulfilment.id)
    if fulfilment.status == FulfillmentStatus.CANCELED:
        _withdraw(parcel)
    elif parcel.state == ParcelState.PREPARING:
        _mark_sent(parcel, vendor_order, fulfilment, at)
    elif fulfilment.tracking_number and fulfilment.tracking_number != parcel.tracking_number:
        parcel.tracking_number = fulfilment.tracking_number[:80]
        parcel.save(update_fields=["tracking_number"])


def _known_parcel(global_id: str) -> Parcel | None:
    our_id = ids.our_id(ids.FULFILLMENT, global_id)
    rows = Parcel.objects.crossing(Crossing.ENGINE_PROJECTION)
    return rows.filter(pk=our_id).first() if our_id else None


def _waiting_parcel(vendor_order: VendorOrder, quantities: dict[UUID, int]) -> Parcel | None:
    """The parcel that we asked the engine to fulfil and whose answer we lost."""
    parcel = vendor_order.parcels.filter(state=ParcelState.PREPARING).first()
    if parcel is None:
        return None
    asked = dict(parcel.lines.values_list("line_id", "quantity"))
    return parcel if asked == quantities else None


def _new_parcel(vendor_order: VendorOrder, quantities: dict[UUID, int]) -> Parcel:
    """A parcel that was fulfilled in the engine's Dashboard, or imported."""
    parcel = Parcel.objects.create(
        vendor_order=vendor_order,
        number=next_number(vendor_order),
        collect_minor=to_collect(vendor_order, quantities),
        # Only one may be preparing; this one is shipped in a moment.
        state=ParcelState.WITHDRAWN,
    )
    ParcelLine.objects.create_all(
        [ParcelLine(parcel=parcel, line_id=key, quantity=n) for key, n in quantities.items()]
    )
    parcel.state = ParcelState.PREPARING
    return parcel


def next_number(vendor_order: VendorOrder) -> int:
    """The number of a vendor order's next parcel."""
    highest = vendor_order.parcels.aggregate(n=Max("number"))["n"]
    return (highest or 0) + 1


def _mark_sent(
    parcel: Parcel, vendor_order: VendorOrder, fulfilment: OrderPartsFulfillments, at: datetime
) -> None:
    parcel.state = ParcelState.SHIPPED
    parcel.shipped_at = at
    parcel.tracking_number = (fulfilment.tracking_number or parcel.tracking_number)[:80]
    parcel.promised_on = vendor_order.promised_to_on
    parcel.save()
    publish(shipped_event(parcel, vendor_order, at))


def shipped_event(parcel: Parcel, vendor_order: VendorOrder, at: datetime) -> ParcelShipped:
    """The event of a shipped parcel."""
    return ParcelShipped(
        aggregate_id=vendor_order.pk,
        occurred_at=at,
        parcel_id=parcel.pk,
        vendor_order_id=vendor_order.pk,
        order_id=vendor_order.order_id,
        cooperative_id=vendor_order.cooperative_id,
    )


def _withdraw(parcel: Parcel) -> None:
    """The engine's fulfilment was cancelled: the items are back with the cooperative."""
    if parcel.state in {ParcelState.SHIPPED, ParcelState.PREPARING}:
        parcel.state = ParcelState.WITHDRAWN
        parcel.save(update_fields=["state"])


def _count_returned(
    engine_order: OrderParts, line_ids: dict[str, UUID], lines: dict[UUID, VendorOrderLine]
) -> None:
    returned: dict[UUID, int] = dict.fromkeys(lines, 0)
    for fulfilment in engine_order.fulfillments:
        if fulfilment.status in _RETURNED:
            for key, quantity in quantities_of(fulfilment, line_ids).items():
                returned[key] += quantity
    for key, line in lines.items():
        back = _came_back(line, returned[key])
        if line.quantity_returned != back:
            line.quantity_returned = back
            line.save(update_fields=["quantity_returned"])


def _came_back(line: VendorOrderLine, counted: int) -> int:
    """What the engine counts as returned, less what was refused and so never sent.

    While it is being told of a refusal nobody knows which of both it counts: nothing changes.
    """
    if not line.quantity_refused:
        return counted
    refused = list(line.refused.all())
    if any(row.engine_released_at is None for row in refused):
        return int(line.quantity_returned)
    return max(0, counted - int(sum(row.released for row in refused)))


def _refresh(vendor_order: VendorOrder) -> None:
    """Count what was shipped; if all of it came back undelivered the vendor order ends."""
    lines = list(vendor_order.lines.all())
    for line in lines:
        sent = _sent(line)
        if line.quantity_shipped != sent:
            line.quantity_shipped = sent
            line.save(update_fields=["quantity_shipped"])
    _mark_returned(vendor_order, lines)
    refresh_state(vendor_order)
    everything_back = all(line.quantity_returned >= line.quantity_kept for line in lines)
    arrived = any(line.quantity_delivered for line in lines)
    if everything_back and not arrived:
        close_as_cancelled(vendor_order, reason="", at=timezone.now())


def _sent(line: VendorOrderLine) -> int:
    rows = line.parcel_lines.filter(parcel__state__in=_SENT)
    return int(rows.aggregate(n=Sum("quantity"))["n"] or 0)


def _mark_returned(vendor_order: VendorOrder, lines: Iterable[VendorOrderLine]) -> None:
    """Parcels on their way are returned once all that was shipped of their lines is back."""
    back = {line.pk: line.quantity_returned - line.quantity_delivered for line in lines}
    for parcel in vendor_order.parcels.filter(state=ParcelState.SHIPPED):
        held = list(parcel.lines.all())
        if all(back[row.line_id] >= row.quantity for row in held):
            parcel.state = ParcelState.RETURNED
            parcel.save(update_fields=["state"])
            publish(
                ParcelReturned(
                    aggregate_id=vendor_order.pk,
                    occurred_at=timezone.now(),
                    parcel_id=parcel.pk,
                    vendor_order_id=vendor_order.pk,
                    order_id=vendor_order.order_id,
                )
            )


def _instant(value: object) -> datetime:
    found = value if isinstance(value, datetime) else parse_datetime(str(value))
    return found or timezone.now()
