"""At the same moment: two members refuse, one taps twice, another sends what is refused."""

from uuid import uuid4

import pytest

from marketplace.core.errors import TwizaError
from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders.models import VendorOrder, VendorOrderLine
from marketplace.orders.refusal_errors import OrderChanged
from marketplace.orders.services.refuse import version
from marketplace.payments import services
from marketplace.payments.models import Payment, Refund
from tests.concurrency import at_once
from tests.orders.one_rug import world
from tests.orders.world import World
from tests.payments.refusing import (
    HONEY,
    bought,
    refuse_some,
    send,
    settle,
)
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["world"]


@pytest.fixture
def part(world: World) -> VendorOrder:
    settle(world.other_manager)
    return bought(world, honey=5)


def now(part: VendorOrder) -> VendorOrderLine:
    found: VendorOrderLine = VendorOrderLine.objects.crossing(Crossing.POLICY).get(
        vendor_order=part
    )
    return found


def given_back() -> int:
    work_off()
    refunds = Refund.objects.crossing(Crossing.POLICY)
    ours = sum(refund.total_minor for refund in refunds)
    assert ours == sum(payment.refunded_minor for payment in Payment.objects.all())
    return ours


def test_one_of_two_members_refuses_and_a_tap_twice_is_one(world: World, part: VendorOrder) -> None:
    seen, key = version(part), uuid4()
    once = lambda: refuse_some(part, 2, world.other_manager, key=key, seen=seen)  # noqa: E731
    other = lambda: refuse_some(part, 2, world.other_manager, seen=seen)  # noqa: E731

    assert at_once(once, once, once) == []
    refused = at_once(other, other)

    assert [type(error) for error in refused] == [OrderChanged] * 2
    assert now(part).quantity_refused == 2
    assert given_back() == 2 * HONEY
    assert DomainEvent.objects.filter(name="GoodsRefused").count() == 1


def test_what_is_sent_is_not_refused_at_the_same_moment(world: World, part: VendorOrder) -> None:
    refused = at_once(
        lambda: refuse_some(part, 4, world.other_manager),
        lambda: send(part, 4, world.other_manager),
    )

    assert len(refused) == 1
    assert isinstance(refused[0], TwizaError)
    line = now(part)
    assert {line.quantity_refused, line.quantity_shipped} == {0, 4}
    assert given_back() == line.quantity_refused * HONEY


def test_a_late_charge_is_refunded_once(world: World, part: VendorOrder) -> None:
    Payment.objects.update(charged_minor=0, state="pending")
    refuse_some(part, 2, world.other_manager)
    Payment.objects.update(charged_minor=part.order.total_minor, state="charged")

    assert at_once(*[services.request_due_refusals] * 3) == []

    refunds = Refund.objects.crossing(Crossing.POLICY)
    assert [refund.total_minor for refund in refunds] == [2 * HONEY]
