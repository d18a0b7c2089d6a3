"""The most exact rule in force on the day of the order decides."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from marketplace.core.models import AuditEntry
from marketplace.payouts.balances.commission_rules import rule_for, rules_on
from marketplace.payouts.balances.preview_commission import Proposal, preview_commission
from marketplace.payouts.balances.set_commission import end_commission, set_commission
from marketplace.payouts.errors import RuleNotInFuture, TiersWrong
from marketplace.payouts.models import CommissionRule, FrozenCommission
from tests.payouts.world import (
    MACHINE,
    SaleOf,
    make_cooperative,
    make_programme,
)
from vendors.models import Cooperative, Enrolment, Programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_cooperative_before_category_before_programme() -> None:
    programme, own = make_programme(bp=1_200), uuid4()
    since = date(2026, 1, 1)
    for bp, more in (
        (1_000, {"category_slug": "honey"}),
        (800, {"cooperative_id": own}),
        (500, {"cooperative_id": own, "category_slug": "honey"}),
    ):
        set_commission(
            programme_id=programme.pk,
            rate_bp=bp,
            valid_from=since,
            source="board",
            by=MACHINE,
            **more,
        )
    rules = rules_on(programme.pk, date(2026, 6, 1))

    def rate(cooperative_id: object, category: str) -> int:
        rule = rule_for(rules, cooperative_id, category)  # type: ignore[arg-type]
        assert rule is not None
        return rule.rate_bp

    assert rate(uuid4(), "rugs") == 1_200
    assert rate(uuid4(), "honey") == 1_000
    assert rate(own, "rugs") == 800
    assert rate(own, "honey") == 500


def test_a_new_rule_ends_the_one_before_and_is_written_down() -> None:
    programme = make_programme(bp=1_200)
    set_commission(
        programme_id=programme.pk,
        rate_bp=900,
        valid_from=date(2026, 7, 1),
        source="board of June",
        by=MACHINE,
    )
    for day, bp in ((date(2026, 6, 30), 1_200), (date(2026, 7, 1), 900)):
        assert [rule.rate_bp for rule in rules_on(programme.pk, day)] == [bp]
    assert AuditEntry.objects.filter(action="commission.set").count() == 2


def test_before_the_first_rule_nothing_is_kept() -> None:
    programme = make_programme()
    assert rule_for(rules_on(programme.pk, date(2020, 1, 1)), uuid4(), "honey") is None


def rule(programme: Programme, bp: int, day: date = date(2026, 12, 10), **more: Any) -> Any:
    return set_commission(
        programme_id=programme.pk, rate_bp=bp, valid_from=day, source="board", by=MACHINE, **more
    )


def frozen(sale: SaleOf) -> list[tuple[int, int]]:
    rows = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).filter(sale=sale.sale_id)
    return list(rows.order_by("position").values_list("rate_bp", "vat_bp"))


def sold_on(cooperative: Cooperative, day: int, month: int = 12, **more: Any) -> SaleOf:
    sale = SaleOf(cooperative, when=datetime(2026, month, day, 10, tzinfo=UTC), **more)
    sale.placed()()
    return sale


@pytest.fixture
def december() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=False):
        yield


def test_what_names_more_goes_first() -> None:
    def made(**named: Any) -> CommissionRule:
        return CommissionRule(valid_from=date(2026, 1, 1), rate_bp=1, **named)

    own = uuid4()
    by_precedence = [
        made(cooperative_id=own, category_slug="honey", phase=2, market="ma"),
        made(cooperative_id=own),
        made(category_slug="honey", phase=2),
        made(category_slug="honey"),
        made(phase=2, market="ma"),
        made(phase=2),
        made(market="ma"),
        made(),
    ]
    for place in range(len(by_precedence)):
        left = by_precedence[place:]
        found = rule_for(reversed(left), own, "honey", phase=2, market="ma")
        assert found is by_precedence[place]
    assert rule_for(by_precedence, uuid4(), "rugs") is by_precedence[-1]


@pytest.mark.usefixtures("december")
def test_phase_market_tiers_and_a_time_at_zero_are_frozen_with_the_order() -> None:
    programme = make_programme(bp=1_200)
    cooperative = make_cooperative(programme)
    Enrolment.objects.create(
        programme=programme, cooperative=cooperative, phase=2, from_on=date(2026, 1, 1)
    )
    rule(programme, 700, phase=2, valid_to=date(2026, 12, 20))
    rule(programme, 0, category_slug="honey", valid_to=date(2026, 12, 15))
    rule(programme, 1_000, date(2027, 1, 1), tiers=((100_000, 800), (500_000, 500)))

    assert frozen(sold_on(cooperative, 9)) == [(1_200, 0)]
    assert frozen(sold_on(cooperative, 10)) == [(700, 0)]
    assert frozen(sold_on(cooperative, 14, category="honey")) == [(0, 0)]
    assert frozen(sold_on(cooperative, 15, category="honey")) == [(700, 0)]
    assert frozen(sold_on(cooperative, 20)) == [(1_200, 0)]

    december = SaleOf(cooperative, (250_000,), 0, when=datetime(2026, 12, 21, 10, tzinfo=UTC))
    for event in (december.placed(), december.captured(), december.delivered()):
        event()
    later = SaleOf(cooperative, when=datetime(2027, 1, 3, 10, tzinfo=UTC))
    later.placed()()
    assert frozen(later) == [(800, 0)]


@pytest.mark.usefixtures("december")
def test_a_rule_begins_and_ends_tomorrow_at_the_earliest_once_something_was_sold() -> None:
    programme = make_programme()
    first = rule(programme, 900, date(2026, 12, 1))  # nothing was sold yet
    sold_on(make_cooperative(programme), 3)
    for day in (date(2026, 12, 3), date(2026, 12, 4)):
        with pytest.raises(RuleNotInFuture):
            rule(programme, 100, day)
        with pytest.raises(RuleNotInFuture):
            end_commission(rule=first, valid_to=day, by=MACHINE)
    assert CommissionRule.objects.count() == 2
    ended = end_commission(rule=first, valid_to=date(2026, 12, 5), by=MACHINE)
    assert ended.valid_to == date(2026, 12, 5)
    assert AuditEntry.objects.filter(action="commission.end").count() == 1


@pytest.mark.usefixtures("december")
def test_a_rule_that_has_not_begun_is_withdrawn() -> None:
    programme = make_programme()
    sold_on(make_cooperative(programme), 3)
    coming = rule(programme, 900, date(2027, 2, 1))
    end_commission(rule=coming, valid_to=date(2026, 12, 5), by=MACHINE)
    for day in (date(2026, 12, 5), date(2027, 2, 1), date(2027, 3, 1)):
        assert [found.rate_bp for found in rules_on(programme.pk, day)] == [1_200]


@pytest.mark.usefixtures("december")
def test_after_a_time_at_zero_the_rule_before_it_goes_on() -> None:
    programme = make_programme(bp=1_200)
    sold_on(make_cooperative(programme), 3)
    rule(programme, 0, valid_to=date(2026, 12, 20))
    for day, bp in ((9, 1_200), (10, 0), (19, 0), (20, 1_200), (31, 1_200)):
        assert [found.rate_bp for found in rules_on(programme.pk, date(2026, 12, day))] == [bp]


def test_a_step_may_take_the_whole_and_no_more() -> None:
    programme = make_programme()
    assert rule(programme, 900, tiers=((5, 10_000),)).tiers == [[5, 10_000]]


@pytest.mark.parametrize("tiers", [((5, 100), (5, 90)), ((9, 100), (5, 90)), ((5, 10_001),)])
def test_steps_that_do_not_ascend_are_refused(tiers: tuple[tuple[int, int], ...]) -> None:
    programme = make_programme()
    with pytest.raises(TiersWrong):
        rule(programme, 900, tiers=tiers)
    assert CommissionRule.objects.count() == 1


@pytest.mark.usefixtures("december")
def test_last_month_ends_at_midnight_of_the_programme() -> None:
    programme = make_programme(bp=1_200)
    Programme.objects.update(time_zone="Africa/Cairo")
    programme.refresh_from_db()
    cooperative = make_cooperative(programme)
    for when, total in (
        (datetime(2026, 10, 31, 21, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 31, 22, 1, tzinfo=UTC), 10_000),  # in Cairo the first of November
        (datetime(2026, 11, 30, 21, 59, tzinfo=UTC), 20_000),
        (datetime(2026, 11, 30, 22, 1, tzinfo=UTC), 3),  # in Cairo the first of December
    ):
        SaleOf(cooperative, (total,), when=when).placed()()

    (effect,) = preview_commission(
        programme,
        Proposal(rate_bp=1_000, valid_from=date(2027, 1, 1)),
        today=date(2026, 12, 4),
    )

    assert effect.goods_minor == 30_000


@pytest.mark.usefixtures("december")
def test_a_proposal_is_seen_beside_last_months_orders_before_it_is_kept() -> None:
    programme = make_programme(bp=1_200)
    tifawine, tadla = make_cooperative(programme), make_cooperative(programme, "tadla", rib="")
    for cooperative, totals in ((tifawine, (10_000, 4_000)), (tadla, (50_000,))):
        sold_on(cooperative, 12, 11, totals=totals)
    sold_on(tadla, 31, 10)
    sold_on(tadla, 1, 12)

    effects = preview_commission(
        programme,
        Proposal(rate_bp=1_000, valid_from=date(2027, 1, 1)),
        today=date(2026, 12, 4),
    )
    only_one = preview_commission(
        programme,
        Proposal(rate_bp=0, valid_from=date(2027, 1, 1), cooperative_id=tifawine.pk),
        today=date(2026, 12, 4),
    )

    assert [
        (e.cooperative_id, e.goods_minor, e.actual_minor, e.proposed_minor, e.difference_minor)
        for e in effects
    ] == [
        (tadla.pk, 50_000, 6_000, 5_000, -1_000),
        (tifawine.pk, 14_000, 1_680, 1_400, -280),
    ]
    assert [(e.cooperative_id, e.difference_minor) for e in only_one] == [
        (tifawine.pk, -1_680),
        (tadla.pk, 0),
    ]
    assert CommissionRule.objects.count() == 1
