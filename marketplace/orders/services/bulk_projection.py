"""Projects many of the engine's orders at once: an import, or what a sweep found.

Only new orders are made together, with their shipped parcels; one that was cancelled, or of which
something came back, goes through ``project_order`` like all others, which makes the same rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from marketplace.core.events import Event, publish_all
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelLine,
    ParcelState,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.services.engine_orders.lookup import KnownRecords, look_up
from marketplace.orders.services.engine_orders.reading import (
    NotAnOrder,
    UnknownCooperative,
    read_order,
)
from marketplace.orders.services.engine_orders.snapshot import OrderSnapshot
from marketplace.orders.services.fulfilments import quantities_of, sent_at, shipped_event
from marketplace.orders.services.placing_events import placing_events
from marketplace.orders.services.projection import (
    NOT_AN_ORDER,
    engine_time,
    payment_status,
    project_order,
)
from marketplace.orders.services.splitting import draft_vendor_orders, save_vendor_orders
from marketplace.saleor import ids
from marketplace.saleor.client import FulfillmentStatus, OrderParts, OrderStatus
from vendors.scoping import Crossing

_PROJECTED_ALONE = {*NOT_AN_ORDER, OrderStatus.CANCELED}


def project_orders(engine_orders: Sequence[OrderParts]) -> int:
    """Our orders for the engine's, as ``project_order`` makes them; returns how many were new.

    Drafts are left out. Raises UnknownCooperative (try again) when a product is not ours yet; the
    other orders are then there.
    """
    known = look_up(engine_orders)
    plain = [order for order in engine_orders if _is_plain(order, known)]
    fresh, refused = _read(plain, known)
    with transaction.atomic():
        placed = _place(fresh, known)
    others = [order for order in engine_orders if order.id not in placed]
    for order in others:
        try:
            project_order(order)
        except NotAnOrder:
            continue
        except UnknownCooperative as error:
            refused = error
    if refused is not None:
        raise refused
    return len(placed)


def _is_plain(order: OrderParts, known: KnownRecords) -> bool:
    bought_here = known.order_ids[order.id] in known.attempts
    sent = all(row.status == FulfillmentStatus.FULFILLED for row in order.fulfillments)
    return not bought_here and sent and order.status not in _PROJECTED_ALONE


def _read(
    orders: Iterable[OrderParts], known: KnownRecords
) -> tuple[dict[UUID, OrderSnapshot], UnknownCooperative | None]:
    found: dict[UUID, OrderSnapshot] = {}
    refused: UnknownCooperative | None = None
    for order in orders:
        try:
            found[known.order_ids[order.id]] = read_order(order, known)
        except NotAnOrder:
            continue
        except UnknownCooperative as error:
            refused = error
    return found, refused


def _place(snapshots: dict[UUID, OrderSnapshot], known: KnownRecords) -> set[str]:
    """Make the orders of which there is no row yet; returns the engine's ids of those made."""
    there = set(Order.objects.filter(pk__in=snapshots).values_list("pk", flat=True))
    rows = [_row(each) for key, each in sorted(snapshots.items()) if key not in there]
    Order.objects.bulk_create(rows, ignore_conflicts=True)
    # Of two processes at once the second waits for the first here, and finds its work done.
    locked = list(Order.objects.select_for_update().filter(pk__in=[row.pk for row in rows]))
    begun = VendorOrder.objects.crossing(Crossing.ENGINE_PROJECTION).filter(order__in=locked)
    done = set(begun.values_list("order_id", flat=True))
    fresh = [(row, snapshots[row.pk]) for row in locked if row.pk not in done]
    ids.link_many(ids.ORDER, [(order.pk, each.engine_order.id) for order, each in fresh])
    made = draft_vendor_orders(fresh)
    parcels = [
        parcel
        for order, each in fresh
        for parcel in _parcels(each.engine_order, made[order.pk], known)
    ]
    save_vendor_orders([part for parts in made.values() for part in parts])
    placed = [
        event for order, each in fresh for event in placing_events(order, each, made[order.pk])
    ]
    publish_all([*placed, *_send(parcels)])
    return {each.engine_order.id for _, each in fresh}


def _row(snapshot: OrderSnapshot) -> Order:
    row = snapshot.as_row()
    row.engine_updated_at = engine_time(snapshot.engine_order.updated_at)
    row.payment_status = payment_status(snapshot.engine_order)
    return row


@dataclass
class _Sent:
    """A parcel that left, what is in it, and the engine's id of it."""

    parcel: Parcel
    quantities: dict[UUID, int]
    fulfilment_id: str
    at: datetime


def _parcels(
    engine_order: OrderParts, parts: Sequence[VendorOrder], known: KnownRecords
) -> list[_Sent]:
    """The order's parcels, not saved yet; their pieces are counted on the drafts of its parts."""
    part_of = {line.pk: part for part in parts for line in part.lines.all()}
    numbers = dict.fromkeys((part.pk for part in parts), 0)
    found = []
    for fulfilment in sorted(engine_order.fulfillments, key=lambda f: f.fulfillment_order):
        quantities = quantities_of(fulfilment, known.line_ids)
        if not quantities:
            continue
        part = part_of[next(iter(quantities))]
        numbers[part.pk] += 1
        _count(part, quantities)
        at = sent_at(engine_order, fulfilment)
        parcel = Parcel(
            vendor_order=part,
            number=numbers[part.pk],
            state=ParcelState.SHIPPED,
            shipped_at=at,
            tracking_number=fulfilment.tracking_number[:80],
            promised_on=part.promised_to_on,
        )
        found.append(_Sent(parcel, quantities, fulfilment.id, at))
    return found


def _send(sent: Sequence[_Sent]) -> list[Event]:
    Parcel.objects.create_all([each.parcel for each in sent])
    ParcelLine.objects.create_all(
        [
            ParcelLine(parcel=each.parcel, line_id=line_id, quantity=quantity)
            for each in sent
            for line_id, quantity in each.quantities.items()
        ]
    )
    ids.relink_many(ids.FULFILLMENT, [(each.parcel.pk, each.fulfilment_id) for each in sent])
    return [shipped_event(each.parcel, each.parcel.vendor_order, each.at) for each in sent]


def _count(part: VendorOrder, quantities: dict[UUID, int]) -> None:
    lines = list(part.lines.all())
    for line in lines:
        line.quantity_shipped += quantities.get(line.pk, 0)
    whole = all(line.quantity_shipped >= line.quantity for line in lines)
    part.state = VendorOrderState.SHIPPED if whole else VendorOrderState.PART_SHIPPED
