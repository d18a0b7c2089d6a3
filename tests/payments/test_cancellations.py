"""Cancelling what was paid but not sent: by staff within the limits of refunds, by a cooperative.

One rug costs 1,500.00 and its delivery; one person refunds 1,000.00 alone here.
"""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders.errors import WrongState
from marketplace.orders.models import VendorOrder, VendorOrderState
from marketplace.orders.services import ship
from marketplace.orders.services.confirm import confirm_vendor_order
from marketplace.payments import services
from marketplace.payments.errors import (
    OtherMemberNeeded,
    ProposalDecided,
    RefundedMeanwhile,
    RefundProposed,
    SecondPersonNeeded,
)
from marketplace.payments.models import Payment, RefundProposal
from marketplace.saleor.errors import EngineUnavailable
from tests.factories import vendors as make
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refund_world import limit, proposals, refunds, set_limit
from tests.payments.refusing import settle
from vendors.errors import NotIndependent, SamePersonTwice
from vendors.models import Introduction, User
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
MOST = 100_000


@pytest.fixture(autouse=True)
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    set_limit(monkeypatch, limit(MOST))


@pytest.fixture
def one(world: World) -> User:
    return make.make_staff(world.programme, "finance_preparer")


@pytest.fixture
def two(world: World) -> User:
    return make.make_staff(world.programme, "finance_approver")


def bought(world: World, *, method: str = "card", **quantities: int) -> VendorOrder:
    """The weavers' part of an order, or the growers' where only honey is bought."""
    order = world.placed(method=method, **quantities)
    services.capture_payments(order_id=order.pk)
    return world.part(order, world.weavers if quantities.get("rug") else world.growers)


def state(part: VendorOrder) -> str:
    found: VendorOrder = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk)
    return str(found.state)


def paid_back() -> int:
    """What refunds give back, by the books of the engine too."""
    work_off()
    ours = sum(refund.total_minor for refund in refunds().filter(state="made"))
    assert ours == sum(payment.refunded_minor for payment in Payment.objects.all())
    return ours


def total(part: VendorOrder) -> int:
    return int(part.goods_minor + part.shipping_minor)


def cancel(part: VendorOrder, by: User, **more: Any) -> VendorOrder:
    return services.cancel_as_staff(
        vendor_order=part, reason="torn", restock=True, by=by.actor, **more
    )


def propose(part: VendorOrder, by: User) -> RefundProposal:
    return services.propose_cancellation(
        vendor_order=part, reason="torn", restock=True, by=by.actor
    )


def test_one_person_cancels_below_the_limit_and_the_buyer_gets_it_back(
    world: World, one: User
) -> None:
    part = bought(world, honey=2)

    cancel(part, one)

    assert state(part) == VendorOrderState.CANCELLED
    assert paid_back() == total(part)
    assert [refund.requested_by for refund in refunds()] == [one]


def test_above_the_limit_nothing_is_cancelled_or_refunded(world: World, one: User) -> None:
    part = bought(world, rug=1)

    with pytest.raises(SecondPersonNeeded) as needed:
        cancel(part, one)

    assert "1\u202f000.00" in str(needed.value)
    assert state(part) == VendorOrderState.PLACED
    assert paid_back() == 0
    assert not DomainEvent.objects.filter(name="VendorOrderCancelled").exists()


def test_what_the_order_got_back_before_counts(world: World, one: User, two: User) -> None:
    """Refunds and cancellations of all parts of one order share one limit."""
    order = world.placed(rug=1, honey=5)
    services.capture_payments(order_id=order.pk)
    rugs, honey = world.part(order, world.weavers), world.part(order, world.growers)
    set_aside = {honey.lines.get().pk: 5}
    services.make_refund(
        vendor_order=honey, lines=set_aside, include_shipping=False, reason="x", by=one.actor
    )

    with pytest.raises(SecondPersonNeeded):
        cancel(rugs, two)
    # What is left of the other part is its delivery only.
    cancel(honey, two)
    assert paid_back() == total(honey)


def test_what_was_not_paid_has_no_limit(world: World, one: User) -> None:
    part = bought(world, rug=1, method="cod")

    cancel(part, one)

    assert state(part) == VendorOrderState.CANCELLED
    assert paid_back() == 0


def test_a_card_that_is_about_to_be_charged_counts(world: World, one: User) -> None:
    part = bought(world, rug=1)
    Payment.objects.update(charged_minor=0, state="pending")

    with pytest.raises(SecondPersonNeeded):
        cancel(part, one)
    assert state(part) == VendorOrderState.PLACED


def test_a_second_person_confirms_and_both_happen(world: World, one: User, two: User) -> None:
    two.language = "en"
    two.save(update_fields=["language"])
    part = bought(world, rug=1)
    proposal = propose(part, one)
    assert (state(part), paid_back()) == (VendorOrderState.PLACED, 0)
    assert any("the order is cancelled" in str(m.body) for m in mail.outbox if two.email in m.to)

    services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert state(part) == VendorOrderState.CANCELLED
    assert paid_back() == total(part)
    assert refunds().count() == 1
    for again in (one, two, make.make_staff(world.programme)):
        with pytest.raises((ProposalDecided, WrongState)):
            services.confirm_refund_proposal(proposal=proposal, by=again.actor)
    cancel(part, one)
    assert paid_back() == total(part)


def test_nobody_confirms_what_they_or_whom_they_brought_in_proposed(
    world: World, one: User, two: User
) -> None:
    part = bought(world, rug=1)
    proposal = propose(part, one)

    with pytest.raises(SamePersonTwice):
        services.confirm_refund_proposal(proposal=proposal, by=one.actor)
    Introduction.objects.create(person=two, by=one, is_vouched=True)
    with pytest.raises(NotIndependent):
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert (state(part), paid_back()) == (VendorOrderState.PLACED, 0)
    assert proposals().get().state == "open"


def test_what_was_sent_meanwhile_is_neither_cancelled_nor_refunded(
    world: World, one: User, two: User
) -> None:
    part = bought(world, rug=1)
    proposal = propose(part, one)
    confirm_vendor_order(vendor_order=part, by=world.manager.actor)
    lines = {line.pk: line.quantity for line in part.lines.all()}
    ship.ship_parcel(vendor_order=part, lines=lines, tracking_number="R1", by=world.manager.actor)

    with pytest.raises(WrongState):
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)
    assert paid_back() == 0
    services.withdraw_refund_proposal(proposal=proposal, by=two.actor)
    with pytest.raises(WrongState):
        propose(part, one)


def test_what_the_cooperative_cancelled_meanwhile_is_refunded_once(
    world: World, one: User, two: User
) -> None:
    part = bought(world, rug=1)
    proposal = propose(part, one)
    settle(world.manager)
    services.cancel_as_member(
        vendor_order=part, reason="no wool", restock=False, by=world.manager.actor
    )

    with pytest.raises((WrongState, RefundedMeanwhile)):
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)
    assert paid_back() == total(part)


def test_one_proposal_of_an_order_waits_at_a_time(world: World, one: User, two: User) -> None:
    part = bought(world, rug=1)
    propose(part, one)

    with pytest.raises(RefundProposed):
        propose(part, two)


def test_a_crash_of_the_engine_is_finished_by_the_worker(
    world: World, one: User, two: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = bought(world, rug=1)
    proposal = propose(part, one)
    with monkeypatch.context() as broken:
        broken.setattr("marketplace.orders.services.cancel.app_client", _unreachable)
        with pytest.raises(EngineUnavailable):
            services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert state(part) == VendorOrderState.CANCELLED
    assert proposals().get().state == "confirmed"
    # The worker leaves it to the page for a while.
    assert paid_back() == 0
    refunds().update(check_at=timezone.now())
    assert paid_back() == total(part)
    assert refunds().count() == 1


def _unreachable() -> Any:
    raise EngineUnavailable


def by_member(part: VendorOrder, by: User) -> VendorOrder:
    return services.cancel_as_member(
        vendor_order=part, reason="no wool", restock=False, by=by.actor
    )


def test_a_cooperative_cancels_its_own_part_whatever_it_cost(world: World) -> None:
    part = bought(world, rug=1)
    settle(world.manager)

    by_member(part, world.manager)
    by_member(part, world.manager)

    assert state(part) == VendorOrderState.CANCELLED
    assert paid_back() == total(part)


def test_a_delivery_refunded_before_does_not_keep_the_rest_back(world: World, one: User) -> None:
    part = bought(world, rug=1)
    settle(world.manager)
    services.make_refund(
        vendor_order=part, lines={}, include_shipping=True, reason="late", by=one.actor
    )

    by_member(part, world.manager)

    assert paid_back() == total(part)


@pytest.mark.parametrize("role", ["coordinator", "regional", "finance_preparer"])
def test_staff_who_are_members_too_do_not_go_round_the_limit(world: World, role: str) -> None:
    part = bought(world, rug=1)
    settle(world.manager)
    make.grant_to(world.manager, world.programme, role, regions=("MA-09",))

    with pytest.raises(OtherMemberNeeded) as needed:
        by_member(part, world.manager)

    assert "1\u202f000.00" in str(needed.value)
    assert (state(part), paid_back()) == (VendorOrderState.PLACED, 0)


def test_a_member_of_today_cancels_up_to_the_limit(world: World) -> None:
    rug, honey = bought(world, rug=1), bought(world, honey=1)

    with pytest.raises(OtherMemberNeeded):
        by_member(rug, world.manager)
    by_member(honey, world.other_manager)

    assert (state(rug), state(honey)) == (VendorOrderState.PLACED, VendorOrderState.CANCELLED)
    assert paid_back() == total(honey)
