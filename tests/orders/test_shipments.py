"""A cooperative sends parcels; the engine fulfils from its warehouse; delivery is evidenced."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.errors import NothingToShip, NotShippedYet, OwnWordIsNotEvidence, WrongState
from marketplace.orders.models import (
    EvidenceKind,
    Order,
    Parcel,
    ParcelState,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.services import (
    cancel,
    confirm,
    record_delivery,
    record_return,
    ship,
)
from marketplace.orders.services.fetching import bring_in
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def events(name: str) -> list[dict[str, object]]:
    return [row.payload for row in DomainEvent.objects.filter(name=name).order_by("pk")]


def fresh(vendor_order: VendorOrder) -> VendorOrder:
    found: VendorOrder = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=vendor_order.pk)
    return found


def ship_all(world: World, vendor_order: VendorOrder) -> Parcel:
    return ship.ship_parcel(
        vendor_order=vendor_order,
        lines={line.pk: line.quantity for line in vendor_order.lines.all()},
        tracking_number="RR473124829MA",
        carrier="Amana",
        by=world.manager.actor,
    )


def stock_of(world: World, name: str) -> tuple[int, int]:
    """Pieces in the engine's warehouse, and how many of them are allocated to orders."""
    variant_gid = ids.global_id(ids.VARIANT, getattr(world, name))
    found = app_client().variant_product(variant_gid).product_variant
    assert found is not None
    product = app_client().product_by_id(found.product.id).product
    assert product is not None
    assert product.product_variants is not None
    stocks = product.product_variants.edges[0].node.stocks or []
    return stocks[0].quantity, stocks[0].quantity_allocated


def test_a_part_and_then_the_rest_is_sent(world: World) -> None:
    growing = world.part(world.placed(rug=1, honey=3), world.growers)
    line = growing.lines.get()

    first = ship.ship_parcel(vendor_order=growing, lines={line.pk: 2}, by=world.other_manager.actor)
    half = fresh(growing).state
    second = ship.ship_parcel(
        vendor_order=growing, lines={line.pk: 1}, by=world.other_manager.actor
    )

    assert half == VendorOrderState.PART_SHIPPED
    assert (first.number, first.state, second.number) == (1, ParcelState.SHIPPED, 2)
    assert fresh(growing).state == VendorOrderState.SHIPPED
    assert stock_of(world, "honey") == (17, 0)
    order = app_client().order_by_id(ids.global_id(ids.ORDER, growing.order_id)).order
    assert order is not None
    assert [f.tracking_number for f in order.fulfillments] == ["", ""]
    assert {f.warehouse.slug for f in order.fulfillments if f.warehouse} == {"zagora-growers"}


def test_no_more_is_sent_than_was_bought(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    line = weaving.lines.get()

    for wanted in ({line.pk: 2}, {line.pk: 0}, {}, {uuid4(): 1}):
        with pytest.raises(NothingToShip):
            ship.ship_parcel(vendor_order=weaving, lines=wanted, by=world.manager.actor)

    assert not weaving.parcels.exists()
    assert stock_of(world, "rug") == (5, 1)


def test_confirming_is_said_once_and_not_of_a_cancelled_order(world: World) -> None:
    order = world.placed(rug=1, honey=1)
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)

    confirm.confirm_vendor_order(vendor_order=weaving, by=world.manager.actor)
    confirm.confirm_vendor_order(vendor_order=weaving, by=world.manager.actor)
    cancel.cancel_vendor_order(
        vendor_order=growing, reason="the hives are empty", by=world.other_manager.actor
    )

    assert fresh(weaving).state == VendorOrderState.CONFIRMED
    with pytest.raises(WrongState):
        confirm.confirm_vendor_order(vendor_order=growing, by=world.other_manager.actor)


def test_a_fulfilment_whose_answer_was_lost_is_found_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the engine's answer and our record: the job finds the same parcel."""
    weaving = world.part(world.placed(rug=1), world.weavers)
    monkeypatch.setattr(ship, "bring_in", killed)
    with pytest.raises(Killed):
        ship_all(world, weaving)
    assert weaving.parcels.get().state == ParcelState.PREPARING
    monkeypatch.undo()
    weaving.parcels.update(created_at=timezone.now() - timedelta(minutes=5))

    assert ship.finish_parcels() == 1

    parcel = weaving.parcels.get()
    assert (parcel.state, parcel.tracking_number) == (ParcelState.SHIPPED, "RR473124829MA")
    assert fresh(weaving).state == VendorOrderState.SHIPPED
    assert stock_of(world, "rug") == (4, 0)


def test_sending_again_after_a_lost_answer_does_not_send_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    monkeypatch.setattr(ship, "bring_in", killed)
    with pytest.raises(Killed):
        ship_all(world, weaving)
    monkeypatch.undo()

    with pytest.raises(WrongState):
        ship_all(world, weaving)

    assert [p.state for p in weaving.parcels.all()] == [ParcelState.SHIPPED]
    assert stock_of(world, "rug") == (4, 0)


class Killed(Exception):
    """The process ends here."""


def killed(*_args: object, **_kwargs: object) -> None:
    raise Killed


def test_two_news_of_one_fulfilment_make_one_parcel(world: World) -> None:
    order = world.placed(rug=1)
    weaving = world.part(order, world.weavers)
    ship_all(world, weaving)

    bring_in(order.pk)
    bring_in(order.pk)

    assert weaving.parcels.count() == 1
    assert len(events("ParcelShipped")) == 1


def test_the_first_parcel_to_arrive_carries_the_delivery_price(world: World) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    line = growing.lines.get()
    by = world.other_manager.actor
    first = ship.ship_parcel(vendor_order=growing, lines={line.pk: 2}, by=by)
    second = ship.ship_parcel(vendor_order=growing, lines={line.pk: 1}, by=by)

    for parcel in (second, first):
        record_delivery.record_delivery(
            parcel=parcel,
            kind=EvidenceKind.STAFF,
            occurred_at=timezone.now(),
            reference="call with the buyer",
            by=world.coordinator.actor,
        )

    told = events("ParcelDelivered")
    assert [(e["goods_minor"], e["shipping_minor"]) for e in told] == [(9_500, 4_500), (19_000, 0)]
    assert fresh(growing).state == VendorOrderState.DELIVERED


def test_a_delivery_told_twice_is_counted_once(world: World) -> None:
    order = world.placed(rug=1)
    parcel = ship_all(world, world.part(order, world.weavers))

    for kind, by in (
        (EvidenceKind.BUYER, Actor.buyer(order.pk)),
        (EvidenceKind.BUYER, Actor.buyer(order.pk)),
        (EvidenceKind.CARRIER_FILE, world.coordinator.actor),
    ):
        record_delivery.record_delivery(parcel=parcel, kind=kind, occurred_at=timezone.now(), by=by)

    assert len(events("ParcelDelivered")) == 1
    assert parcel.evidence.count() == 2
    assert world.part(order, world.weavers).lines.get().quantity_delivered == 1


def test_a_cooperatives_own_word_releases_nothing(world: World) -> None:
    parcel = ship_all(world, world.part(world.placed(rug=1), world.weavers))

    for kind in ("member", EvidenceKind.STAFF, EvidenceKind.BUYER, EvidenceKind.TIME_OUT):
        with pytest.raises(OwnWordIsNotEvidence):
            record_delivery.record_delivery(
                parcel=parcel, kind=kind, occurred_at=timezone.now(), by=world.manager.actor
            )

    parcel.refresh_from_db()
    assert parcel.state == ParcelState.SHIPPED
    assert events("ParcelDelivered") == []


def test_what_has_not_left_cannot_have_arrived(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    parcel = Parcel.objects.create(vendor_order=weaving, number=1)

    with pytest.raises(NotShippedYet):
        record_delivery.record_delivery(
            parcel=parcel,
            kind=EvidenceKind.STAFF,
            occurred_at=timezone.now(),
            by=world.coordinator.actor,
        )


def test_time_speaks_for_a_parcel_that_nobody_misses(world: World) -> None:
    order = world.placed(rug=1, honey=1)
    missed = ship_all(world, world.part(order, world.weavers))
    silent = ship_all(world, world.part(order, world.growers))
    record_delivery.report_missing(parcel=missed, by=Actor.buyer(order.pk))
    now = timezone.now()

    early = record_delivery.apply_time_out(now=now + timedelta(days=20))
    late = record_delivery.apply_time_out(now=now + timedelta(days=22))

    silent.refresh_from_db()
    missed.refresh_from_db()
    assert (early, late) == (0, 1)
    assert (silent.state, missed.state) == (ParcelState.DELIVERED, ParcelState.SHIPPED)
    assert silent.evidence.get().kind == EvidenceKind.TIME_OUT


def test_goods_that_came_back_are_in_stock_again_once(world: World) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    ship_all(world, growing)
    assert stock_of(world, "honey") == (17, 0)
    line = growing.lines.get()

    record_return.record_returned_goods(
        vendor_order=growing,
        quantities={line.pk: 2},
        restock=True,
        reason="wrong jar",
        by=world.other_manager.actor,
    )
    record_return.finish_returns()

    line.refresh_from_db()
    assert stock_of(world, "honey") == (19, 0)
    assert line.quantity_returned == 2
    assert fresh(growing).state == VendorOrderState.SHIPPED


def test_a_parcel_refused_at_the_door_ends_the_order(world: World) -> None:
    growing = world.part(world.placed(method="cod", honey=2), world.growers)
    parcel = ship_all(world, growing)
    line = growing.lines.get()

    record_return.record_returned_goods(
        vendor_order=growing,
        quantities={line.pk: 2},
        restock=True,
        reason="refused",
        by=world.other_manager.actor,
    )

    parcel.refresh_from_db()
    assert parcel.state == ParcelState.RETURNED
    assert fresh(growing).state == VendorOrderState.CANCELLED
    cancelled = events("VendorOrderCancelled")
    assert [(e["goods_minor"], e["shipping_minor"]) for e in cancelled] == [(19_000, 3_500)]


def test_cancelling_one_part_frees_its_goods_and_leaves_the_other(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)
    assert stock_of(world, "honey") == (20, 2)

    cancel.cancel_vendor_order(
        vendor_order=growing, reason="the hives are empty", by=world.other_manager.actor
    )

    assert fresh(growing).state == VendorOrderState.CANCELLED
    assert stock_of(world, "honey") == (20, 0)
    assert not growing.parcels.exists()
    assert len(events("VendorOrderCancelled")) == 1
    ship_all(world, weaving)
    assert fresh(weaving).state == VendorOrderState.SHIPPED
    with pytest.raises(WrongState):
        ship_all(world, growing)


def test_cancelling_all_parts_cancels_the_engines_order(world: World) -> None:
    order = world.placed(rug=1)

    cancel.cancel_vendor_order(
        vendor_order=world.part(order, world.weavers),
        reason="the loom broke",
        by=world.manager.actor,
    )

    found = app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order
    assert found is not None
    assert found.status.value == "CANCELED"
    assert Order.objects.get(pk=order.pk).cancelled_at is not None
    assert stock_of(world, "rug") == (5, 0)


def test_what_has_left_is_not_cancelled(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    ship_all(world, weaving)

    with pytest.raises(WrongState):
        cancel.cancel_vendor_order(vendor_order=weaving, reason="too late", by=world.manager.actor)

    assert events("VendorOrderCancelled") == []
