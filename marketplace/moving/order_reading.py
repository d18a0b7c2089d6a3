"""Reading the old engine's orders, with our ids of everything in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID, uuid5

from catalog.models import ListingVariant
from marketplace.moving.sides import Side
from marketplace.moving.stocks import uuid_of
from marketplace.saleor import ids
from marketplace.saleor.client import (
    FulfillmentStatus,
    OrderParts,
    OrderStatus,
)
from vendors.scoping import Crossing

BACK = {FulfillmentStatus.RETURNED, FulfillmentStatus.REFUNDED_AND_RETURNED}


GONE = {FulfillmentStatus.CANCELED, FulfillmentStatus.WAITING_FOR_APPROVAL}


class Use(Enum):
    """What a parcel of the input represents."""

    SENT = "sent"
    BACK = "back"
    HELD = "held"


@dataclass(frozen=True)
class WantedParcel:
    """A parcel of the input: line's place → items. ``parcel_id`` is ours, of a shipped one."""

    use: Use
    cooperative_id: UUID
    quantities: dict[int, int]
    tracking: str = ""
    parcel_id: UUID | None = None


@dataclass(frozen=True)
class WantedOrder:
    """An order of the old engine, with our ids."""

    order: OrderParts
    order_id: UUID
    line_ids: list[UUID]
    cooperative_ids: list[UUID]
    variants: list[UUID]
    parcels: list[WantedParcel] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name in the report."""
        return f"{self.order.number} ({self.order_id})"


class Reader:
    """Reads a page of the old engine's orders with our rows of them."""

    def __init__(self, source: Side, orders: Sequence[OrderParts]) -> None:
        self.order_ids = source.our_ids(ids.ORDER, [order.id for order in orders])
        lines = [line for order in orders for line in order.lines]
        self.line_ids = source.our_ids(ids.ORDER_LINE, [line.id for line in lines])
        parcels = [f.id for order in orders for f in order.fulfillments]
        self.parcel_ids = source.our_ids(ids.FULFILLMENT, parcels)
        variants = {uuid_of(line.variant.external_reference) for line in lines if line.variant}
        rows = ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND)
        found = rows.filter(pk__in=variants - {None})
        self.cooperative_ids = dict(found.values_list("pk", "listing__cooperative_id"))

    def our_id(self, order: OrderParts) -> UUID:
        """Our id of an order; a stable one for an order that we never imported."""
        found = self.order_ids.get(order.id) or uuid_of(order.external_reference)
        return found or uuid5(ids.NAMESPACE, order.id)

    def read(self, order: OrderParts) -> WantedOrder | str:
        """The order with our ids; or why it cannot be moved."""
        key = self.our_id(order)
        line_ids, cooperative_ids, variants = [], [], []
        for line in order.lines:
            variant = uuid_of(line.variant.external_reference) if line.variant else None
            cooperative_id = self.cooperative_ids.get(variant) if variant else None
            if variant is None or cooperative_id is None:
                return f"{line.product_name} is of no listing of ours: no cooperative can be named."
            line_ids.append(self.line_ids.get(line.id) or uuid5(key, line.id))
            cooperative_ids.append(cooperative_id)
            variants.append(variant)
        wanted = WantedOrder(order, key, line_ids, cooperative_ids, variants)
        wanted.parcels.extend(self._parcels(wanted))
        return wanted

    def _parcels(self, wanted: WantedOrder) -> Iterable[WantedParcel]:
        places = {line.id: place for place, line in enumerate(wanted.order.lines)}
        for parcel in sorted(wanted.order.fulfillments, key=lambda f: f.fulfillment_order):
            quantities = {
                places[row.order_line.id]: row.quantity
                for row in parcel.lines or []
                if row.order_line and row.quantity
            }
            if quantities and parcel.status not in GONE:
                yield WantedParcel(
                    Use.BACK if parcel.status in BACK else Use.SENT,
                    wanted.cooperative_ids[next(iter(quantities))],
                    quantities,
                    parcel.tracking_number or "",
                    self.parcel_ids.get(parcel.id),
                )
        yield from _held(wanted)


def _held(wanted: WantedOrder) -> Iterable[WantedParcel]:
    """The stock that the old engine allocates to the order, by cooperative."""
    if wanted.order.status == OrderStatus.CANCELED:
        return
    held: dict[UUID, dict[int, int]] = {}
    for place, line in enumerate(wanted.order.lines):
        if quantity := sum(kept.quantity for kept in line.allocations or []):
            held.setdefault(wanted.cooperative_ids[place], {})[place] = quantity
    for cooperative_id, quantities in held.items():
        yield WantedParcel(Use.HELD, cooperative_id, quantities)
