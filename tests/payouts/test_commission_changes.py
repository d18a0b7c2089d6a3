"""A commission rule is set or ended by two persons, before its first day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import AuditEntry
from marketplace.core.versions import ChangedMeanwhile
from marketplace.core.worker import work_off
from marketplace.payouts import services
from marketplace.payouts.balances.change_commission import rules_version
from marketplace.payouts.balances.preview_commission import Proposal
from marketplace.payouts.errors import ChangeDecided, ChangeWaits, RuleNotInFuture, TiersWrong
from marketplace.payouts.models import CommissionChange, CommissionRule
from tests.concurrency import at_once
from tests.payouts.world import MACHINE, SaleOf, make_cooperative, make_programme, make_user
from vendors.errors import NotIndependent, SamePersonTwice
from vendors.models import Introduction, Programme, User

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 12, 4, 9, tzinfo=UTC)
DAY = date(2027, 1, 1)
NEW = Proposal(rate_bp=1_000, valid_from=DAY, tiers=((2_000_000, 850),))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def make_world() -> tuple[Programme, User, User]:
    programme = make_programme()
    SaleOf(make_cooperative(programme), when=datetime(2026, 11, 12, tzinfo=UTC)).placed()()
    one = make_user("one", programme, "finance_preparer")
    return programme, one, make_user("two", programme, "finance_approver")


World = tuple[Programme, User, User]


@pytest.fixture
def world() -> World:
    return make_world()


def rules() -> list[tuple[int, str, str]]:
    found = CommissionRule.objects.order_by("valid_from")
    return [(rule.rate_bp, str(rule.valid_from), str(rule.valid_to or "")) for rule in found]


BEFORE = [(1_200, "2024-01-01", "")]
AFTER = [(1_200, "2024-01-01", "2027-01-01"), (1_000, "2027-01-01", "")]


def proposed(world: World, proposal: Proposal = NEW) -> CommissionChange:
    programme, one, _two = world
    return services.propose_commission(
        programme=programme, proposal=proposal, source="council", by=one.actor
    )


def confirm(change: CommissionChange, by: User) -> CommissionChange:
    return services.confirm_commission_change(change=change, by=by.actor)


def test_a_rule_changes_once_a_second_person_confirms_it(world: World) -> None:
    _programme, one, two = world
    change = proposed(world)
    assert rules() == BEFORE
    with pytest.raises(SamePersonTwice):
        confirm(change, one)
    assert rules() == BEFORE

    confirm(change, two)

    assert rules() == AFTER
    assert CommissionRule.objects.get(rate_bp=1_000).tiers == [[2_000_000, 850]]
    for again in (one, two):
        with pytest.raises(ChangeDecided):
            confirm(change, again)
        with pytest.raises(ChangeDecided):
            services.withdraw_commission_change(change=change, by=again.actor)
    assert rules() == AFTER
    told = AuditEntry.objects.filter(action__in=["commission.proposed", "commission.confirmed"])
    assert sorted((entry.action, entry.actor_name) for entry in told) == [
        ("commission.confirmed", str(two)), ("commission.proposed", str(one)),
    ]  # fmt: skip


def test_the_end_of_a_rule_takes_two_persons_too(world: World) -> None:
    _programme, one, two = world
    rule = CommissionRule.objects.get()
    change = services.propose_commission_end(rule=rule, valid_to=DAY, by=one.actor)
    with pytest.raises(SamePersonTwice):
        confirm(change, one)
    assert rules() == BEFORE

    confirm(change, two)

    assert rules() == [(1_200, "2024-01-01", "2027-01-01")]


def test_nobody_confirms_what_somebody_proposed_whom_they_brought_in(world: World) -> None:
    programme, one, two = world
    change = proposed(world)
    accomplice = make_user("accomplice", programme, "finance_approver")
    Introduction.objects.create(person=accomplice, by=one, is_vouched=True)
    Introduction.objects.create(person=one, by=two, is_vouched=True)

    for by in (accomplice, two):
        with pytest.raises(NotIndependent):
            confirm(change, by)
    assert rules() == BEFORE


@pytest.mark.parametrize("role", ["coordinator", "observer"])
def test_whoever_may_not_set_rules_neither_proposes_nor_confirms(world: World, role: str) -> None:
    programme, _one, _two = world
    change, other = proposed(world), make_user("other", programme, role)
    of_another = make_user("stranger", make_programme("tawassol"), "finance_approver")

    for person in (other, of_another):
        with pytest.raises((Forbidden, NotFound)):
            confirm(change, person)
        with pytest.raises((Forbidden, NotFound)):
            services.withdraw_commission_change(change=change, by=person.actor)
        with pytest.raises((Forbidden, NotFound)):
            services.propose_commission(
                programme=programme, proposal=NEW, source="x", by=person.actor
            )


def test_it_is_confirmed_before_its_day(world: World) -> None:
    _programme, _one, two = world
    change = proposed(world)

    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=UTC), tick=False):
        with pytest.raises(RuleNotInFuture):
            confirm(change, two)
        services.withdraw_commission_change(change=change, by=two.actor)

    assert rules() == BEFORE
    with pytest.raises(ChangeDecided):
        confirm(change, two)


def test_it_is_bound_to_the_rules_that_it_replaces(world: World) -> None:
    programme, _one, two = world
    change = proposed(world)
    services.set_commission(
        programme_id=programme.pk, rate_bp=500, valid_from=date(2026, 12, 20), source="operator",
        by=MACHINE,
    )  # fmt: skip
    after = rules()

    with pytest.raises(ChangedMeanwhile):
        confirm(change, two)
    assert rules() == after


def test_a_rule_for_other_sales_does_not_stand_in_its_way(world: World) -> None:
    _programme, one, two = world
    change = proposed(world)
    rugs = proposed(world, Proposal(rate_bp=300, valid_from=DAY, category_slug="rugs"))
    with pytest.raises(ChangeWaits):
        proposed(world)
    rule = CommissionRule.objects.get()
    with pytest.raises(ChangeWaits):
        services.propose_commission_end(rule=rule, valid_to=DAY, by=one.actor)

    confirm(rugs, two)
    confirm(change, two)

    assert len(rules()) == 3


def test_terms_that_no_rule_may_have_are_not_even_proposed(world: World) -> None:
    for wrong, error in (
        (Proposal(rate_bp=1_000, valid_from=TODAY.date()), RuleNotInFuture),
        (Proposal(rate_bp=1_000, valid_from=DAY, valid_to=DAY), TiersWrong),
        (Proposal(rate_bp=1_000, valid_from=DAY, tiers=((5, 20_000),)), TiersWrong),
    ):
        with pytest.raises(error):
            proposed(world, wrong)
    assert not CommissionChange.objects.exists()


def test_who_may_confirm_it_is_told(world: World) -> None:
    _programme, one, two = world
    two.language = "en"
    two.save(update_fields=["language"])
    change = proposed(world)

    work_off()

    told = [m for m in mail.outbox if str(change.pk) in str(m.body)]
    assert [m.to for m in told] == [[two.email]]
    assert str(one) in str(told[0].body)


def test_a_page_that_showed_other_rules_proposes_nothing(world: World) -> None:
    programme, one, _two = world
    seen = rules_version(programme)
    proposed(world, Proposal(rate_bp=300, valid_from=DAY, category_slug="rugs"))

    with pytest.raises(ChangedMeanwhile):
        services.propose_commission(
            programme=programme, proposal=NEW, source="council", seen=seen, by=one.actor
        )
    assert CommissionChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_at_once_it_is_proposed_once_and_confirmed_once() -> None:
    world = make_world()
    programme, _one, two = world
    people = [make_user(f"p{n}", programme, "finance_approver") for n in range(2)]

    raised = at_once(*[lambda: proposed(world)] * 3)
    assert [type(error) for error in raised] == [ChangeWaits] * 2
    change = CommissionChange.objects.get()

    acts = [lambda by=by: confirm(change, by) for by in (two, *people, two)]
    raised = at_once(*acts)
    assert [type(error) for error in raised] == [ChangeDecided] * 3
    assert rules() == AFTER


@pytest.mark.django_db(transaction=True)
def test_confirming_and_withdrawing_at_once_agree() -> None:
    world = make_world()
    _programme, one, two = world
    change = proposed(world)

    raised = at_once(
        lambda: confirm(change, two),
        lambda: services.withdraw_commission_change(change=change, by=one.actor),
    )

    assert [type(error) for error in raised] == [ChangeDecided]
    state = CommissionChange.objects.get().state
    assert (state, rules()) in [("confirmed", AFTER), ("withdrawn", BEFORE)]
