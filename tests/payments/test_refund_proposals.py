"""Refunds above a limit: proposed by one person, confirmed by another; nothing moves before."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.models import AuditEntry, DomainEvent
from marketplace.core.worker import work_off
from marketplace.payments import services
from marketplace.payments.errors import (
    ProposalDecided,
    ProposalExpired,
    RefundedMeanwhile,
    RefundProposed,
    RefundRefused,
    SecondPersonNeeded,
)
from marketplace.payments.models import RefundProposal
from marketplace.saleor.errors import EngineUnavailable
from tests.factories import vendors as make
from tests.payments.refund_world import (
    ALONE,
    MACHINE,
    OPEN_DAYS,
    Till,
    limit,
    paid_sale,
    part,
    proposals,
    refunds,
    set_limit,
    stand_in,
    whole,
)
from tests.payments.world import Sale
from vendors.errors import NotIndependent, SamePersonTwice
from vendors.models import Introduction, User

pytestmark = pytest.mark.django_db
# Whose part of the order, and whether its delivery or one piece.
STEP = st.tuples(st.sampled_from(["weavers", "growers"]), st.booleans())


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    set_limit(monkeypatch)
    return stand_in(monkeypatch)


@pytest.fixture
def sale(settings: Any, till: Till) -> Sale:
    return paid_sale(settings)


@pytest.fixture
def one(sale: Sale) -> User:
    return make.make_staff(sale.programme, "finance_preparer")


@pytest.fixture
def two(sale: Sale) -> User:
    return make.make_staff(sale.programme, "finance_approver")


def proposed(sale: Sale, by: User) -> RefundProposal:
    return services.propose_refund(**whole(part(sale)), by=by.actor)


def test_one_person_alone_refunds_up_to_the_limit_only(sale: Sale, till: Till, one: User) -> None:
    with pytest.raises(SecondPersonNeeded) as needed:
        services.make_refund(**whole(part(sale)), by=one.actor)

    assert "200.00" in str(needed.value)
    assert (refunds().count(), till.paid_back) == (0, [])
    assert services.make_refund(**whole(part(sale, "weavers")), by=one.actor).state == "made"


def test_an_order_is_not_refunded_in_small_steps_round_the_limit(
    sale: Sale, till: Till, one: User, two: User
) -> None:
    """All that an order got back counts, of whichever cooperative and by whomever."""
    weavers = part(sale, "weavers")
    line = weavers.lines.get().pk
    for _ in range(3):
        services.make_refund(
            vendor_order=weavers, lines={line: 1}, include_shipping=False, reason="x", by=one.actor
        )
    growers = part(sale)

    with pytest.raises(SecondPersonNeeded):
        services.make_refund(
            vendor_order=growers, lines={growers.lines.get().pk: 1}, include_shipping=False,
            reason="x", by=two.actor,
        )  # fmt: skip
    # 100.00 went back; 45.00 of delivery still fit below 200.00.
    services.make_refund(
        vendor_order=growers, lines={}, include_shipping=True, reason="x", by=two.actor
    )
    assert sum(till.paid_back) == 10_000 + 4_500 <= ALONE


def test_what_went_back_long_ago_no_longer_counts(
    sale: Sale, till: Till, one: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_limit(monkeypatch, limit(14_000, days=30))
    services.make_refund(**whole(part(sale, "weavers")), by=one.actor)
    growers = part(sale)
    shipping = {"vendor_order": growers, "lines": {}, "include_shipping": True, "reason": "x"}
    with pytest.raises(SecondPersonNeeded):
        services.make_refund(**shipping, by=one.actor)

    refunds().update(requested_at=timezone.now() - timedelta(days=31))

    assert services.make_refund(**shipping, by=one.actor).state == "made"


def test_another_person_confirms_and_only_then_money_moves(
    sale: Sale, till: Till, one: User, two: User
) -> None:
    proposal = proposed(sale, one)
    assert (refunds().count(), till.paid_back) == (0, [])
    assert not DomainEvent.objects.filter(name="RefundMade").exists()

    refund = services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert (refund.state, till.paid_back) == ("made", [54_500])
    assert (refund.requested_by, refund.reason) == (one, "torn")
    proposal = proposals().get()
    assert (proposal.state, proposal.decided_by, proposal.refund) == ("confirmed", two, refund)
    told = AuditEntry.objects.get(action="refund.requested")
    assert (told.actor_name, told.details["confirmed_by"]) == (one.name, two.name)
    assert AuditEntry.objects.get(action="refund.proposal_confirmed").actor_name == two.name


def test_nobody_confirms_their_own_or_that_of_whom_they_brought_in(
    sale: Sale, till: Till, one: User, two: User
) -> None:
    proposal = proposed(sale, one)
    for wrong in (one.actor, MACHINE):
        with pytest.raises(SamePersonTwice):
            services.confirm_refund_proposal(proposal=proposal, by=wrong)
    Introduction.objects.create(person=two, by=one, is_vouched=True)
    with pytest.raises(NotIndependent):
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert (refunds().count(), till.paid_back) == (0, [])
    assert proposals().get().state == "open"


def test_confirming_twice_refunds_once(sale: Sale, till: Till, one: User, two: User) -> None:
    proposal = proposed(sale, one)
    services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    for person in (two, make.make_staff(sale.programme)):
        with pytest.raises(ProposalDecided):
            services.confirm_refund_proposal(proposal=proposal, by=person.actor)
    with pytest.raises(ProposalDecided):
        services.withdraw_refund_proposal(proposal=proposal, by=one.actor)
    assert till.paid_back == [54_500]


def test_a_crash_after_the_confirmation_is_finished_by_the_worker(
    sale: Sale, till: Till, one: User, two: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = proposed(sale, one)
    with monkeypatch.context() as broken:
        broken.setattr("marketplace.payments.engine.refund", _unreachable)
        with pytest.raises(EngineUnavailable):
            services.confirm_refund_proposal(proposal=proposal, by=two.actor)
    assert (proposals().get().state, till.paid_back) == ("confirmed", [])

    refunds().update(check_at=timezone.now())
    assert services.settle_open_refunds(by=MACHINE) == 1

    assert (refunds().get().state, till.paid_back) == ("made", [54_500])


def _unreachable(_refund: object) -> bool:
    raise EngineUnavailable


def test_a_proposal_is_bound_to_the_refunds_that_it_knew(
    sale: Sale, till: Till, one: User, two: User
) -> None:
    growers = part(sale)
    proposal = services.propose_refund(
        vendor_order=growers, lines={growers.lines.get().pk: 1}, include_shipping=False,
        reason="x", by=one.actor,
    )  # fmt: skip
    services.make_refund(
        vendor_order=growers, lines={}, include_shipping=True, reason="x", by=one.actor
    )

    with pytest.raises(RefundedMeanwhile):
        services.confirm_refund_proposal(proposal=proposal, by=two.actor)

    assert till.paid_back == [4_500]
    assert proposals().get().state == "open"
    services.withdraw_refund_proposal(proposal=proposal, by=two.actor)
    assert proposals().get().state == "withdrawn"


def test_one_proposal_of_an_order_waits_at_a_time(sale: Sale, one: User, two: User) -> None:
    first = proposed(sale, one)
    with pytest.raises(RefundProposed):
        proposed(sale, two)

    services.withdraw_refund_proposal(proposal=first, by=one.actor)

    assert proposed(sale, two).state == "open"


def test_what_nobody_confirms_expires_and_everybody_concerned_is_told(
    sale: Sale, till: Till, one: User, two: User
) -> None:
    of_another_region = make.make_staff(sale.programme, "coordinator", regions=("MA-01",))
    proposal = proposed(sale, one)
    work_off()
    assert {m.to[0] for m in mail.outbox} == {two.email}
    assert str(proposal.pk) in str(mail.outbox[0].body)
    mail.outbox.clear()

    with time_machine.travel(timezone.now() + timedelta(days=OPEN_DAYS, seconds=1), tick=False):
        with pytest.raises(ProposalExpired):
            services.confirm_refund_proposal(proposal=proposal, by=two.actor)
        assert services.expire_refund_proposals(by=MACHINE) == 1
        assert services.expire_refund_proposals(by=MACHINE) == 0
        with pytest.raises(ProposalDecided):
            services.confirm_refund_proposal(proposal=proposal, by=two.actor)
        work_off()

    assert proposals().get().state == "expired"
    assert {m.to[0] for m in mail.outbox} == {one.email, two.email}
    assert of_another_region.email not in {m.to[0] for m in mail.outbox}
    assert (refunds().count(), till.paid_back) == (0, [])


@pytest.mark.parametrize("decision", ["confirm", "withdraw"])
def test_who_proposed_it_is_told_what_became_of_it(
    sale: Sale, one: User, two: User, decision: str
) -> None:
    proposal = proposed(sale, one)
    act = getattr(services, f"{decision}_refund_proposal")
    act(proposal=proposal, by=two.actor)
    mail.outbox.clear()

    work_off()

    assert [m.to for m in mail.outbox if two.name in str(m.body)] == [[one.email]]


def test_what_the_shop_does_itself_has_no_limit(sale: Sale, till: Till) -> None:
    assert services.make_refund(**whole(part(sale)), by=MACHINE).state == "made"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["weavers", "growers"]), st.booleans()), max_size=9)
)
def test_whatever_the_steps_one_person_never_refunds_more_than_the_limit(
    steps: list[tuple[str, bool]], sale: Sale, till: Till, one: User
) -> None:
    with transaction.atomic():
        till.paid_back.clear()
        for which, with_shipping in steps:
            vendor_order = part(sale, which)
            lines = {} if with_shipping else {vendor_order.lines.get().pk: 1}
            try:
                services.make_refund(
                    vendor_order=vendor_order, lines=lines, include_shipping=with_shipping,
                    reason="x", by=one.actor,
                )  # fmt: skip
            except RefundRefused:
                continue
        assert sum(till.paid_back) <= ALONE
        transaction.set_rollback(True)
