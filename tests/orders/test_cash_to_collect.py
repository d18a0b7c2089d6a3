"""What couriers collect with the parcels of a cash order: together exactly what is owed."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.cash_to_collect import collected_with
from marketplace.orders.models import Parcel, ParcelState, VendorOrder, VendorOrderLine
from marketplace.orders.services import ship
from marketplace.orders.services.amounts import worth
from marketplace.orders.services.projection import project_order
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.orders.projecting import engine_order
from tests.orders.world import World

pytestmark = pytest.mark.django_db


def send(world: World, part: VendorOrder, quantity: int) -> Parcel:
    [line] = part.lines.all()
    return ship.ship_parcel(
        vendor_order=part, lines={line.pk: quantity}, by=world.other_manager.actor
    )


def withdrawn_at_the_engine(parcel: Parcel) -> None:
    part = parcel.vendor_order
    app_client().cancel_fulfillment(
        ids.global_id(ids.FULFILLMENT, parcel.pk), ids.global_id(ids.WAREHOUSE, part.cooperative_id)
    )
    project_order(engine_order(part.order))


def amounts(part: VendorOrder) -> list[int]:
    return [
        collected_with(parcel)
        for parcel in part.parcels.exclude(state=ParcelState.WITHDRAWN).order_by("number")
    ]


def test_the_first_parcel_brings_the_delivery_and_all_bring_what_is_owed(world: World) -> None:
    part = world.part(world.placed(method="cod", honey=3), world.growers)
    send(world, part, 1)
    send(world, part, 2)

    assert amounts(part) == [9_500 + part.shipping_minor, 19_000]
    assert sum(amounts(part)) == part.goods_minor + part.shipping_minor


def test_one_parcel_brings_everything(world: World) -> None:
    part = world.part(world.placed(method="cod", honey=3), world.growers)

    assert collected_with(send(world, part, 3)) == part.goods_minor + part.shipping_minor


def test_what_is_paid_already_is_not_collected(world: World) -> None:
    part = world.part(world.placed(honey=3), world.growers)

    assert collected_with(send(world, part, 1)) == 0
    assert collected_with(send(world, part, 2)) == 0


def test_each_cooperatives_parcels_bring_its_own_part(world: World) -> None:
    order = world.placed(method="cod", rug=1, honey=2)
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)
    [rug] = weaving.lines.all()
    woven = ship.ship_parcel(vendor_order=weaving, lines={rug.pk: 1}, by=world.manager.actor)
    grown = send(world, growing, 2)

    assert collected_with(woven) + collected_with(grown) == order.total_minor


def test_a_slip_stays_as_it_was_and_a_withdrawn_parcels_money_comes_with_the_last(
    world: World,
) -> None:
    part = world.part(world.placed(method="cod", honey=3), world.growers)
    first, second = send(world, part, 1), send(world, part, 1)
    withdrawn_at_the_engine(first)
    part.refresh_from_db()

    third = send(world, part, 2)

    assert collected_with(second) == 9_500
    assert collected_with(third) == 19_000 + part.shipping_minor


def test_an_imported_parcel_is_counted_by_its_number(world: World) -> None:
    part = world.part(world.placed(method="cod", honey=3), world.growers)
    send(world, part, 1)
    send(world, part, 2)
    wanted = amounts(part)
    part.parcels.update(collect_minor=None)

    assert amounts(part) == wanted


@given(total=st.integers(0, 10**7), parts=st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_pieces_sent_apart_bring_together_what_the_line_costs(total: int, parts: list[int]) -> None:
    line = VendorOrderLine(pk=uuid4(), total_minor=total, quantity=sum(parts))
    brought, before = 0, 0
    for quantity in parts:
        brought += worth(line, already=before, more=quantity)
        before += quantity
    assert brought == total
