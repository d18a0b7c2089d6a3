"""What a complaint gives back: once, balanced, within the limits, borne by whom it should be."""

from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.core.worker import work_off
from marketplace.orders.complaint_errors import ComplaintChanged, OfferNotPossible
from marketplace.orders.models import Complaint, Order, VendorOrder
from marketplace.orders.services import complaints
from marketplace.orders.services.complaints import Decision
from marketplace.payments import handlers, refund_limits, services
from marketplace.payments.models import Refund, RefundProposal
from marketplace.saleor.errors import EngineUnavailable
from tests.factories.vendors import make_staff
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refund_world import limit
from tests.payouts.world import balances
from vendors.models import User
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
# Three jars of honey, 95.00 each.
JAR, ALL = 9_500, 28_500


@pytest.fixture
def order(world: World) -> Order:
    order = world.placed(rug=1, honey=3)
    services.capture_payments(order_id=order.pk)
    return order


@pytest.fixture
def honey(world: World, order: Order) -> VendorOrder:
    part = arrived(world, order, world.growers)
    work_off()
    return part


@pytest.fixture
def member(world: World) -> Actor:
    return settled_member(world.growers, world.other_manager).actor


@pytest.fixture
def mediator(world: World) -> User:
    return make_staff(world.programme, "finance_preparer")


def refunds() -> list[Refund]:
    return list(Refund.objects.crossing(Crossing.POLICY).order_by("requested_at"))


def books() -> dict[str, int]:
    """The balances of all accounts, which sum to nothing."""
    found = balances()
    assert sum(found.values()) == 0
    return found


def mediated(part: VendorOrder, quantity: int, member: Actor) -> Complaint:
    row = asked(part, quantity)
    complaints.refuse(complaint=row, text="Non", by=member)
    complaints.ask_mediator(complaint=now(row), by=Actor.buyer(part.order_id))
    return now(row)


def test_without_a_return_it_is_refunded_at_once_and_once(
    honey: VendorOrder, member: Actor
) -> None:
    before = books()
    row = asked(honey, 2)
    complaints.accept(complaint=row, needs_return=False, text="", by=member)
    with pytest.raises(ComplaintChanged):
        complaints.accept(complaint=now(row), needs_return=False, text="", by=member)

    for _ in range(2):
        work_off()
        services.settle_open_refunds(by=Actor.system("test"))
        work_off()
        for event in DomainEvent.objects.filter(name="ComplaintMoved"):
            handlers.on_complaint_moved(event.payload)

    (refund,) = refunds()
    assert (refund.goods_minor, refund.shipping_minor, refund.state) == (2 * JAR, 0, "made")
    assert (now(row).state, now(row).outcome) == ("closed", "refunded")
    assert honey.lines.get().quantity_refunded == 2
    after = books()
    assert after["psp_clearing"] == before["psp_clearing"] - 2 * JAR
    assert after["released"] > before["released"]


def test_with_a_return_it_is_refunded_once_the_goods_are_back(
    honey: VendorOrder, member: Actor
) -> None:
    row = asked(honey, 3)
    complaints.accept(complaint=row, needs_return=True, text="", by=member)
    work_off()
    assert refunds() == []

    complaints.confirm_returned(complaint=now(row), restock=True, by=member)
    with pytest.raises(ComplaintChanged):
        complaints.confirm_returned(complaint=now(row), restock=True, by=member)
    work_off()
    services.settle_open_refunds(by=Actor.system("test"))
    work_off()

    # All that was bought of the cooperative: its delivery too.
    (refund,) = refunds()
    assert (refund.goods_minor, refund.shipping_minor) == (ALL, honey.shipping_minor)
    assert [row.quantity for row in honey.returns.all()] == [3]
    assert now(row).outcome == "refunded"
    books()


def test_killed_after_the_return_was_written_down_nothing_is_lost_or_doubled(
    honey: VendorOrder, member: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(honey, 1)
    complaints.accept(complaint=row, needs_return=True, text="", by=member)
    with monkeypatch.context() as patch:
        patch.setattr(
            "marketplace.orders.services.record_return.carry_out",
            lambda _row: (_ for _ in ()).throw(EngineUnavailable),
        )
        with pytest.raises(EngineUnavailable):
            complaints.confirm_returned(complaint=now(row), restock=True, by=member)
    assert now(row).returned_at is not None

    # The job writes the refund down before the event is heard.
    assert services.request_due_refunds() == 1
    assert services.request_due_refunds() == 0
    work_off()

    assert len(refunds()) == 1
    assert honey.returns.count() == 1


def test_a_partial_refund_is_an_amount_and_the_rest_can_go_back_later(
    honey: VendorOrder, member: Actor
) -> None:
    row = asked(honey, 1)
    complaints.offer(complaint=row, remedy="partial_refund", amount_minor=2_000, text="", by=member)
    complaints.accept_offer(complaint=now(row), by=Actor.buyer(honey.order_id))
    work_off()
    services.settle_open_refunds(by=Actor.system("test"))
    work_off()

    (first,) = refunds()
    assert (first.goods_minor, first.state) == (2_000, "made")
    assert [line.quantity for line in first.lines.all()] == [0]
    assert now(row).outcome == "partly_refunded"
    assert honey.lines.get().quantity_refunded == 0
    line = honey.lines.get()
    rest = services.make_refund(
        vendor_order=honey, lines={line.pk: 3}, include_shipping=False, reason="x",
        by=Actor.system("test"),
    )  # fmt: skip
    assert rest.goods_minor == ALL - 2_000
    work_off()
    books()


def test_the_mediator_refunds_within_the_limit_and_says_who_bears_it(
    honey: VendorOrder, member: Actor, mediator: User
) -> None:
    before = books()
    row = mediated(honey, 1, member)
    made = services.decide_complaint(
        complaint=row,
        decision=Decision(text="Cassé en route", remedy="refund", borne_by="programme"),
        by=mediator.actor,
    )
    assert isinstance(made, Refund)
    services.settle_open_refunds(by=Actor.system("test"))
    work_off()

    after = books()
    assert now(row).outcome == "refunded"
    assert after["released"] == before["released"]
    assert after["refund_cost"] == JAR
    assert refunds()[0].requested_by_id == mediator.pk


def test_what_the_cooperative_bears_comes_out_of_its_balance(
    honey: VendorOrder, member: Actor, mediator: User
) -> None:
    before = books()
    row = mediated(honey, 1, member)
    decision = Decision(text="x", remedy="refund", borne_by="cooperative")
    services.decide_complaint(complaint=row, decision=decision, by=mediator.actor)
    services.settle_open_refunds(by=Actor.system("test"))
    work_off()

    after = books()
    assert "refund_cost" not in after
    # A liability: less is owed to the cooperative.
    assert after["released"] > before["released"]


def test_above_the_limit_another_person_confirms(
    world: World,
    honey: VendorOrder,
    member: Actor,
    mediator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(refund_limits, "known_limits", lambda: (limit(1_000),))
    row = mediated(honey, 2, member)
    decision = Decision(text="x", remedy="refund", borne_by="carrier")
    proposal = services.decide_complaint(complaint=row, decision=decision, by=mediator.actor)

    assert isinstance(proposal, RefundProposal)
    assert (proposal.complaint_id, proposal.borne_by) == (row.pk, "carrier")
    work_off()
    assert services.request_due_refunds() == 0
    assert refunds() == []

    second = make_staff(world.programme, "finance_approver")
    services.confirm_refund_proposal(proposal=proposal, by=second.actor)
    services.settle_open_refunds(by=Actor.system("test"))
    work_off()
    (refund,) = refunds()
    assert (refund.goods_minor, refund.borne_by, refund.complaint_id) == (
        2 * JAR, "carrier", row.pk
    )  # fmt: skip
    assert now(row).outcome == "refunded"
    assert books()["refund_cost"] == 2 * JAR


def test_nobody_confirms_and_the_mediator_decides_anew(
    honey: VendorOrder, member: Actor, mediator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refund_limits, "known_limits", lambda: (limit(1_000),))
    row = mediated(honey, 2, member)
    decision = Decision(text="x", remedy="partial_refund", amount_minor=5_000)
    proposal = services.decide_complaint(complaint=row, decision=decision, by=mediator.actor)
    assert isinstance(proposal, RefundProposal)
    assert sum(proposal.amounts_by_line.values()) == 5_000

    RefundProposal.objects.crossing(Crossing.POLICY).update(expires_at=timezone.now())
    services.expire_refund_proposals(by=Actor.system("test"))
    work_off()

    assert (now(row).state, now(row).refund_due_at) == ("mediation", None)
    again = Decision(text="x", remedy="partial_refund", amount_minor=900)
    assert isinstance(
        services.decide_complaint(complaint=now(row), decision=again, by=mediator.actor), Refund
    )


def test_a_refusal_by_the_mediator_ends_it_without_money(
    honey: VendorOrder, member: Actor, mediator: User
) -> None:
    before = books()
    row = mediated(honey, 1, member)
    with pytest.raises(OfferNotPossible):
        services.decide_complaint(
            complaint=row, by=mediator.actor,
            decision=Decision(text="x", remedy="partial_refund", amount_minor=JAR),
        )  # fmt: skip
    services.decide_complaint(complaint=row, decision=Decision(text="Non"), by=mediator.actor)
    work_off()
    assert (now(row).state, now(row).outcome) == ("closed", "refused")
    assert refunds() == []
    assert books() == before


def test_a_decision_that_wants_the_goods_back_waits_for_them(
    honey: VendorOrder, member: Actor, mediator: User
) -> None:
    row = mediated(honey, 1, member)
    decision = Decision(text="x", remedy="refund", needs_return=True)
    assert services.decide_complaint(complaint=row, decision=decision, by=mediator.actor) is None
    work_off()
    assert refunds() == []

    complaints.confirm_returned(complaint=now(row), restock=False, by=member)
    work_off()

    assert [refund.requested_by_id for refund in refunds()] == [mediator.pk]


def test_cash_that_the_carrier_still_has_is_refunded_once_it_is_here(
    world: World, member: Actor
) -> None:
    order = world.placed(method="cod", honey=1)
    part = arrived(world, order, world.growers)
    work_off()
    row = asked(part, 1)
    complaints.accept(complaint=row, needs_return=False, text="", by=member)
    work_off()
    assert services.request_due_refunds() == 0
    assert (now(row).state, refunds()) == ("accepted", [])


def test_a_refused_refund_goes_back_to_the_mediator(
    honey: VendorOrder, member: Actor, mediator: User
) -> None:
    row = asked(honey, 1)
    complaints.accept(complaint=row, needs_return=False, text="", by=member)
    assert services.request_due_refunds() == 1
    with pytest.raises(ComplaintChanged):
        services.reopen_stuck(complaint=now(row), by=mediator.actor)
    Refund.objects.crossing(Crossing.POLICY).update(state="failed")
    assert services.request_due_refunds() == 0

    services.reopen_stuck(complaint=now(row), by=mediator.actor)
    decision = Decision(text="x", remedy="refund")
    made = services.decide_complaint(complaint=now(row), decision=decision, by=mediator.actor)

    assert isinstance(made, Refund)
    assert [refund.complaint_id for refund in refunds()] == [None, row.pk]


def test_a_complaint_is_settled_by_one_refund_only(honey: VendorOrder, member: Actor) -> None:
    row = asked(honey, 1)
    complaints.accept(complaint=row, needs_return=False, text="", by=member)
    results: list[Any] = [services.request_due_refund(complaint_id=row.pk) for _ in range(3)]
    assert results == [True, False, False]
