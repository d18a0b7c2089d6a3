"""Orders brought in together are the same rows as those brought in one by one."""

from typing import Any

import pytest

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    Parcel,
    ParcelLine,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.services import ship
from marketplace.orders.services.bulk_projection import project_orders
from marketplace.orders.services.projection import project_order
from marketplace.orders.services.record_delivery import Arrival, record_deliveries
from marketplace.saleor.client import OrderParts
from tests.orders.projecting import engine_order, forget
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def lost(world: World) -> list[OrderParts]:
    """One order of which a part was sent, and a new one; of both everything of ours is lost."""
    first, second = world.placed(rug=1, honey=2), world.placed(honey=1)
    growing = world.part(first, world.growers)
    ship.ship_parcel(
        vendor_order=growing,
        lines={line.pk: line.quantity for line in growing.lines.all()},
        tracking_number="AM-77",
        by=world.other_manager.actor,
    )
    told = [engine_order(first), engine_order(second)]
    CheckoutAttempt.objects.all().delete()
    for order in (first, second):
        forget(order)
    return told


def rows() -> dict[str, list[Any]]:
    def of(model: Any, *names: str) -> list[Any]:
        found = model.objects
        found = found.crossing(Crossing.POLICY) if hasattr(found, "crossing") else found.all()
        return sorted(found.values_list(*names), key=str)

    return {
        "orders": of(Order, "pk", "number", "total_minor", "payment_status", "engine_updated_at"),
        "parts": of(VendorOrder, "number", "state", "goods_minor", "shipping_minor", "ship_by_on"),
        "lines": of(VendorOrderLine, "pk", "title", "quantity", "quantity_shipped", "total_minor"),
        "parcels": of(Parcel, "number", "state", "tracking_number", "shipped_at", "promised_on"),
        "held": of(ParcelLine, "line_id", "quantity"),
    }


def test_together_and_one_by_one_make_the_same_rows(world: World) -> None:
    told = lost(world)
    for order in told:
        project_order(order)
    one_by_one = rows()
    for row in Order.objects.all():
        forget(row)

    assert project_orders(told) == 2

    assert rows() == one_by_one
    assert project_orders(told) == 0
    assert rows() == one_by_one


def test_many_parcels_arrive_together(world: World) -> None:
    project_orders(lost(world))
    parcel = Parcel.objects.crossing(Crossing.POLICY).get()
    at = parcel.shipped_at
    word = Arrival(parcel, "carrier_file", at, Actor.system("test"), "file:2")
    buyers = Arrival(parcel, "buyer", at, Actor.buyer(parcel.vendor_order.order_id))

    record_deliveries([word, buyers])
    record_deliveries([word])

    part = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=parcel.vendor_order_id)
    assert part.state == VendorOrderState.DELIVERED
    assert sorted(row.kind for row in parcel.evidence.all()) == ["buyer", "carrier_file"]
    assert DomainEvent.objects.filter(name="ParcelDelivered").count() == 1
