"""A part that is cancelled while its card is being charged goes back once it is charged."""

import pytest

from marketplace.core.worker import work_off
from marketplace.orders.models import VendorOrder, VendorOrderState
from marketplace.payments import handlers, services
from marketplace.payments.models import Payment
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.orders.one_rug import world
from tests.orders.world import World
from tests.payments.refund_world import limit, refunds, set_limit
from tests.payments.refusing import HONEY, bought, refuse_some, settle
from vendors.scoping import Crossing

__all__ = ["world"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def part(world: World, monkeypatch: pytest.MonkeyPatch) -> VendorOrder:
    """Five jars, paid by a card that is still being charged."""
    set_limit(monkeypatch, limit(1_000_000))
    settle(world.other_manager)
    made = bought(world, honey=5)
    work_off()
    Payment.objects.update(charged_minor=0, state="pending")
    return made


def cancel(part: VendorOrder, world: World) -> None:
    services.cancel_as_member(
        vendor_order=part, reason="no honey", restock=False, by=world.other_manager.actor
    )
    work_off()
    found = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk)
    assert found.state == VendorOrderState.CANCELLED


def charge(part: VendorOrder) -> None:
    Payment.objects.update(charged_minor=part.order.total_minor, state="charged")


def hear_of_charge(part: VendorOrder) -> None:
    """As the worker hands the event over; it may do so more than once."""
    handlers.on_payment_captured({"order_id": str(part.order_id)})


def requested() -> list[int]:
    return [refund.total_minor for refund in refunds().order_by("pk")]


def test_all_of_it_goes_back_once_with_its_delivery(world: World, part: VendorOrder) -> None:
    cancel(part, world)
    assert requested() == []

    charge(part)
    assert at_once(*[lambda: hear_of_charge(part)] * 3) == []
    hear_of_charge(part)

    assert requested() == [part.goods_minor + part.shipping_minor]
    work_off()
    assert [refund.state for refund in refunds()] == ["made"]


def test_what_was_refused_before_and_the_rest_that_was_cancelled_are_the_whole(
    world: World, part: VendorOrder
) -> None:
    refuse_some(part, 2, world.other_manager)
    cancel(part, world)
    assert requested() == []

    charge(part)
    hear_of_charge(part)
    hear_of_charge(part)

    assert sorted(requested()) == [2 * HONEY, 3 * HONEY + part.shipping_minor]


def test_what_staff_refunded_meanwhile_is_not_refunded_again(
    world: World, part: VendorOrder
) -> None:
    cancel(part, world)
    charge(part)
    line = part.lines.crossing(Crossing.POLICY).get()
    services.make_refund(
        vendor_order=part,
        lines={line.pk: 1},
        include_shipping=False,
        reason="late",
        by=make.make_staff(world.programme, "finance_preparer").actor,
    )

    hear_of_charge(part)

    assert sorted(requested()) == [HONEY, 4 * HONEY + part.shipping_minor]


def test_a_part_that_is_not_cancelled_keeps_its_payment(world: World, part: VendorOrder) -> None:
    charge(part)
    hear_of_charge(part)
    assert requested() == []
