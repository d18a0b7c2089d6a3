"""What a cooperative cannot deliver: refused by line before it is sent, and the money follows.

Honey costs 95.00 a piece; five of them and their delivery are one parcel of the growers.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders import queries
from marketplace.orders.errors import WrongState
from marketplace.orders.models import (
    EvidenceKind,
    Order,
    Parcel,
    Refusal,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.refusal_errors import (
    MoreThanLeft,
    NothingRefused,
    OrderChanged,
    OwnWordsNeeded,
    WhyNeeded,
)
from marketplace.orders.services import cancel, record_delivery, ship
from marketplace.orders.services.refuse import Refused, version
from marketplace.orders.shipping_errors import StillPacking
from marketplace.payments import services
from marketplace.payments.errors import MoreThanBought
from marketplace.payments.models import Payment
from marketplace.payments.services.record_remittance import due_at_door
from marketplace.saleor import ids
from marketplace.saleor.client import OrderStatus, StockInput
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.factories import vendors as make
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refund_world import refunds
from tests.payments.refusing import (
    HONEY,
    bought,
    line_of,
    paid_back,
    refuse_some,
    send,
    settled,
    state,
    stock_of,
    total,
)
from vendors.scoping import Crossing, ProgrammeScope

__all__ = ["made_world", "settled", "world"]

pytestmark = pytest.mark.django_db


def arrive(world: World, parcel: Parcel) -> None:
    record_delivery.record_delivery(
        parcel=parcel,
        kind=EvidenceKind.STAFF,
        occurred_at=timezone.now(),
        by=world.coordinator.actor,
    )


def engine_order(order: Order) -> Any:
    return app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order


def test_what_is_refused_is_refunded_and_the_rest_is_sent(world: World) -> None:
    part = bought(world, honey=5)

    refusal = refuse_some(part, 2, world.other_manager)

    assert (refusal.amount_minor, refusal.ends) == (2 * HONEY, False)
    assert paid_back() == 2 * HONEY
    assert line_of(part).quantity_left == 3
    assert stock_of(world, "honey") == (18, 3)
    parcel = send(part, 3, world.other_manager)
    assert state(part) == VendorOrderState.SHIPPED
    arrive(world, parcel)
    assert state(part) == VendorOrderState.DELIVERED
    assert line_of(part).quantity_returned == 0
    assert stock_of(world, "honey") == (15, 0)
    found = engine_order(part.order)
    assert [g.amount.fractional_amount for g in found.granted_refunds] == [2 * HONEY]
    assert [line.quantity_to_fulfill for line in found.lines] == [0]


@pytest.mark.parametrize(
    ("reason", "left"),
    [("sold_out", (18, 3)), ("damaged", (18, 3)), ("not_sendable", (20, 3))],
)
def test_only_what_exists_can_be_bought_by_others(
    world: World, reason: str, left: tuple[int, int]
) -> None:
    part = bought(world, honey=5)

    refuse_some(part, 2, world.other_manager, reason=reason)

    assert stock_of(world, "honey") == left


def test_whoever_counted_the_stock_before_does_not_lose_it_twice(world: World) -> None:
    part = bought(world, honey=5)
    warehouse = ids.global_id(ids.WAREHOUSE, world.growers.pk)
    app_client().update_variant_stocks(
        ids.global_id(ids.VARIANT, world.honey), [StockInput(warehouse=warehouse, quantity=3)]
    )

    refuse_some(part, 2, world.other_manager)

    assert stock_of(world, "honey") == (3, 3)
    send(part, 3, world.other_manager)
    assert stock_of(world, "honey") == (0, 0)


def test_if_nothing_is_left_the_delivery_goes_back_too(world: World) -> None:
    part = bought(world, honey=5)

    first = refuse_some(part, 2, world.other_manager)
    last = refuse_some(part, 3, world.other_manager)

    assert (first.ends, last.ends) == (False, True)
    assert last.amount_minor == 3 * HONEY + part.shipping_minor
    assert state(part) == VendorOrderState.CANCELLED
    assert paid_back() == total(part)
    assert engine_order(part.order).status == OrderStatus.CANCELED
    assert stock_of(world, "honey") == (15, 0)


def test_another_cooperatives_parcel_goes_on(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=order.pk)
    part, other = world.part(order, world.growers), world.part(order, world.weavers)

    refuse_some(part, 2, world.other_manager)
    send(other, 1, world.manager)

    assert (state(part), state(other)) == (VendorOrderState.CANCELLED, VendorOrderState.SHIPPED)
    assert paid_back() == total(part)
    assert stock_of(world, "honey") == (18, 0)


def test_once_something_was_sent_delivery_stays(world: World) -> None:
    part = bought(world, honey=5)
    send(part, 2, world.other_manager)

    refusal = refuse_some(part, 3, world.other_manager)

    assert (refusal.amount_minor, refusal.ends) == (3 * HONEY, False)
    assert state(part) == VendorOrderState.SHIPPED
    assert paid_back() == 3 * HONEY
    assert line_of(part).quantity_returned == 0


def test_the_courier_collects_less(world: World) -> None:
    part = bought(world, honey=5, method="cod")

    refuse_some(part, 2, world.other_manager)
    parcel = send(part, 3, world.other_manager)

    assert parcel.collect_minor == 3 * HONEY + part.shipping_minor
    assert due_at_door(VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk)) == (
        3 * HONEY + part.shipping_minor
    )
    assert paid_back() == 0


def test_lists_of_orders_name_what_cannot_be_delivered(world: World) -> None:
    part, other = bought(world, honey=5), bought(world, honey=1)
    refuse_some(part, 2, world.other_manager)
    scope = ProgrammeScope(world.programme.pk)

    rows = queries.listed_vendor_orders(scope).annotate(
        undelivered_minor=queries.undelivered_minor(scope)
    )

    found = {row.pk: row.undelivered_minor for row in rows}
    assert found == {part.pk: 2 * HONEY, other.pk: 0}


def test_what_was_never_paid_is_not_refunded_by_staff(world: World) -> None:
    part = bought(world, honey=5, method="cod")
    refuse_some(part, 2, world.other_manager)
    Payment.objects.update(charged_minor=total(part), state="charged")
    staff = make.make_staff(world.programme, "finance_preparer")

    with pytest.raises(MoreThanBought):
        services.request_refund(
            vendor_order=part,
            lines={line_of(part).pk: 4},
            include_shipping=False,
            reason="x",
            by=staff.actor,
        )


def test_a_second_tap_refuses_nothing_more(world: World) -> None:
    part = bought(world, honey=5)
    key, seen = uuid4(), version(part)

    first = refuse_some(part, 2, world.other_manager, key=key, seen=seen)
    second = refuse_some(part, 2, world.other_manager, key=key, seen=seen)

    assert first.pk == second.pk
    assert line_of(part).quantity_refused == 2
    assert paid_back() == 2 * HONEY


def test_of_two_members_who_saw_the_same_one_is_told(world: World) -> None:
    part = bought(world, honey=5)
    seen = version(part)
    refuse_some(part, 2, world.other_manager, seen=seen)

    with pytest.raises(OrderChanged):
        refuse_some(part, 2, world.other_manager, seen=seen)

    assert line_of(part).quantity_refused == 2


@pytest.mark.parametrize("quantity", [6, -1])
def test_no_more_is_refused_than_is_left(world: World, quantity: int) -> None:
    part = bought(world, honey=5)

    with pytest.raises(MoreThanLeft):
        refuse_some(part, quantity, world.other_manager)

    assert line_of(part).quantity_refused == 0
    assert not refunds().exists()
    assert not Refusal.objects.crossing(Crossing.POLICY).exists()


def test_another_cooperatives_line_is_not_refused(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    part, other = world.part(order, world.growers), world.part(order, world.weavers)

    with pytest.raises(MoreThanLeft):
        services.refuse_as_member(
            vendor_order=part,
            refused={line_of(other).pk: Refused(1, "sold_out")},
            note="",
            key=uuid4(),
            seen=None,
            by=world.other_manager.actor,
        )
    assert line_of(other).quantity_refused == 0


@pytest.mark.parametrize(
    ("quantity", "reason", "error"),
    [
        (0, "sold_out", NothingRefused),
        (1, "", WhyNeeded),
        (1, "nonsense", WhyNeeded),
        (1, "other", OwnWordsNeeded),
    ],
)
def test_a_refusal_says_how_many_and_why(
    world: World, quantity: int, reason: str, error: type[Exception]
) -> None:
    part = bought(world, honey=5)

    with pytest.raises(error):
        refuse_some(part, quantity, world.other_manager, reason=reason, note=" ")
    assert line_of(part).quantity_refused == 0


def test_what_is_sent_or_cancelled_is_not_refused(world: World) -> None:
    sent, cancelled = bought(world, honey=2), bought(world, honey=2)
    send(sent, 2, world.other_manager)
    services.cancel_as_member(
        vendor_order=cancelled, reason="x", restock=True, by=world.other_manager.actor
    )

    for part in (sent, cancelled):
        with pytest.raises(WrongState):
            refuse_some(part, 1, world.other_manager)
    assert paid_back() == total(cancelled)


def test_what_is_being_packed_is_not_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    part = bought(world, honey=5)
    with monkeypatch.context() as broken:
        broken.setattr(ship, "app_client", _unreachable)
        with pytest.raises(EngineUnavailable):
            send(part, 2, world.other_manager)

    with pytest.raises(StillPacking):
        refuse_some(part, 4, world.other_manager)
    assert line_of(part).quantity_refused == 0


def _unreachable() -> Any:
    raise EngineUnavailable


def test_a_buyer_may_still_cancel_the_rest(world: World) -> None:
    part = bought(world, honey=5)
    refuse_some(part, 2, world.other_manager)

    cancel.cancel_vendor_order(
        vendor_order=part, reason="Cancelled by the buyer", by=world.coordinator.actor
    )

    assert paid_back() == total(part)
    assert stock_of(world, "honey") == (18, 0)


def test_the_buyer_is_told_once_in_her_language(world: World) -> None:
    part = bought(world, honey=5)
    work_off()
    mail.outbox.clear()

    refuse_some(part, 2, world.other_manager, note="La récolte a été mauvaise.")
    work_off()

    told = [sent for sent in mail.outbox if "salma@example.org" in sent.to]
    first = str(told[0].body)
    assert "2 × Miel" in first
    assert "La récolte a été mauvaise." in first
    assert "190,00" in first
    assert [event.name for event in DomainEvent.objects.filter(name="GoodsRefused")] == [
        "GoodsRefused"
    ]
    # The refusal, and that the refund was sent.
    assert len(told) == 2
