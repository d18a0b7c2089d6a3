"""The engine refuses or loses a step of a shipment: nothing is left half done."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.orders.models import Parcel, ReturnState, VendorOrder, VendorOrderState
from marketplace.orders.services import cancel, engine_returns, record_return, ship
from marketplace.orders.shipping_errors import ShippingRefused
from marketplace.saleor import ids
from marketplace.saleor.client import StockInput
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def fresh(vendor_order: VendorOrder) -> VendorOrder:
    found: VendorOrder = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=vendor_order.pk)
    return found


def put_in_stock(world: World, quantity: int) -> None:
    """Set how many jars the engine's warehouse holds, whatever is allocated."""
    warehouse = ids.global_id(ids.WAREHOUSE, world.growers.pk)
    app_client().update_variant_stocks(
        ids.global_id(ids.VARIANT, world.honey),
        [StockInput(warehouse=warehouse, quantity=quantity)],
    )


def stock(world: World) -> tuple[int, int]:
    """Jars in the engine's warehouse, and how many of them are allocated."""
    found = app_client().variant_product(ids.global_id(ids.VARIANT, world.honey)).product_variant
    assert found is not None
    product = app_client().product_by_id(found.product.id).product
    assert product is not None
    assert product.product_variants is not None
    held = (product.product_variants.edges[0].node.stocks or [])[0]
    return held.quantity, held.quantity_allocated


def send(world: World, vendor_order: VendorOrder) -> Parcel:
    lines = {line.pk: line.quantity for line in vendor_order.lines.all()}
    return ship.ship_parcel(vendor_order=vendor_order, lines=lines, by=world.other_manager.actor)


def unavailable(*_args: Any, **_kwargs: Any) -> None:
    raise EngineUnavailable


def test_a_parcel_that_the_stock_does_not_hold_is_taken_back_and_can_be_sent_later(
    world: World,
) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    put_in_stock(world, 1)

    with pytest.raises(ShippingRefused):
        send(world, growing)

    assert not growing.parcels.exists()
    assert fresh(growing).state in {VendorOrderState.PLACED, VendorOrderState.CONFIRMED}
    put_in_stock(world, 20)
    assert send(world, growing).number == 1
    assert fresh(growing).state == VendorOrderState.SHIPPED


def test_a_job_skips_a_parcel_that_is_refused_and_finishes_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    weaving = world.part(world.placed(rug=1), world.weavers)
    with monkeypatch.context() as lost:
        lost.setattr(ship, "app_client", unavailable)
        for part in (growing, weaving):
            with pytest.raises(EngineUnavailable):
                send(world, part)
    parcels = Parcel.objects.crossing(Crossing.POLICY)
    parcels.update(created_at=timezone.now() - timedelta(minutes=5))
    put_in_stock(world, 0)

    assert ship.finish_parcels() == 1

    assert [parcel.vendor_order_id for parcel in parcels.all()] == [weaving.pk]
    assert fresh(weaving).state == VendorOrderState.SHIPPED


def test_a_cancellation_that_the_engine_missed_is_told_it_by_a_job_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = world.placed(rug=1, honey=2)
    growing = world.part(order, world.growers)
    with monkeypatch.context() as lost:
        lost.setattr(cancel, "app_client", unavailable)
        with pytest.raises(EngineUnavailable):
            cancel.cancel_vendor_order(
                vendor_order=growing, reason="no honey", by=world.other_manager.actor
            )
        assert cancel.finish_cancellations() == 0
    assert fresh(growing).state == VendorOrderState.CANCELLED
    assert stock(world) == (20, 2)

    assert cancel.finish_cancellations() == 1
    assert cancel.finish_cancellations() == 0

    assert stock(world) == (20, 0)
    assert DomainEvent.objects.filter(name="VendorOrderCancelled").count() == 1


def test_what_does_not_exist_is_not_for_sale_after_the_whole_order_is_cancelled(
    world: World,
) -> None:
    growing = world.part(world.placed(honey=2), world.growers)

    for _again in range(2):
        cancel.cancel_vendor_order(
            vendor_order=growing, reason="no honey", restock=False, by=world.other_manager.actor
        )

    assert stock(world) == (18, 0)
    assert growing.returns.get().state == ReturnState.KEPT_OUT


def test_what_does_not_exist_leaves_the_stock_once_when_the_engine_misses_the_cancelling(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = world.part(world.placed(honey=2), world.growers)
    with monkeypatch.context() as lost:
        lost.setattr(cancel, "app_client", unavailable)
        with pytest.raises(EngineUnavailable):
            cancel.cancel_vendor_order(
                vendor_order=growing, reason="no honey", restock=False, by=world.other_manager.actor
            )
    assert stock(world) == (18, 2)

    assert cancel.finish_cancellations() == 1
    assert cancel.finish_cancellations() == 0

    assert stock(world) == (18, 0)


def test_parts_cancelled_while_the_engine_is_unavailable_lower_the_stock_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = world.placed(rug=1, honey=2)
    growing, weaving = world.part(order, world.growers), world.part(order, world.weavers)
    with monkeypatch.context() as lost:
        lost.setattr(cancel, "app_client", unavailable)
        with pytest.raises(EngineUnavailable):
            cancel.cancel_vendor_order(
                vendor_order=growing, reason="no honey", restock=False, by=world.other_manager.actor
            )
    cancel.cancel_vendor_order(vendor_order=weaving, reason="torn", by=world.other_manager.actor)

    cancel.finish_cancellations()

    assert stock(world) == (18, 0)


def test_returned_goods_that_the_engine_missed_are_restocked_by_a_job_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    send(world, growing)
    line = growing.lines.get()
    with monkeypatch.context() as lost:
        lost.setattr(engine_returns, "app_client", unavailable)
        with pytest.raises(EngineUnavailable):
            record_return.record_returned_goods(
                vendor_order=growing, quantities={line.pk: 2}, restock=True,
                reason="wrong jar", by=world.other_manager.actor,
            )  # fmt: skip
        assert record_return.finish_returns() == 0
    assert stock(world) == (17, 0)

    assert record_return.finish_returns() == 1
    assert record_return.finish_returns() == 0

    assert stock(world) == (19, 0)
    assert [row.state for row in growing.returns.all()] == [ReturnState.DONE]
