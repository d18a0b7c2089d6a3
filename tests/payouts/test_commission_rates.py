"""Which rate applies: commission by tier, VAT on it, and the programme's share of a cost."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from marketplace.payouts.balances import commission_vat, cost_allocation_rules
from marketplace.payouts.balances.commission_rules import rank, rate_at, rule_for
from marketplace.payouts.balances.commission_vat import CommissionVat, Vat, rate_for
from marketplace.payouts.balances.cost_allocation_rules import CostAllocationRule, programme_share
from marketplace.payouts.models import CommissionRule

EARLY, LATE, DAY = date(2024, 1, 1), date(2026, 1, 1), date(2026, 11, 3)


def test_a_tier_counts_from_its_volume_on() -> None:
    rule = CommissionRule(rate_bp=1_000, tiers=[[100_000, 800], [500_000, 500]])

    rates = [rate_at(rule, volume) for volume in (0, 99_999, 100_000, 499_999, 500_000, 900_000)]

    assert rates == [1_000, 1_000, 800, 800, 500, 500]
    assert rate_at(None, 900_000) == 0


def test_a_rule_ranks_by_what_it_names() -> None:
    assert rank(CommissionRule()) == 0
    assert rank(CommissionRule(market="ma")) == 1
    assert rank(CommissionRule(phase=0)) == 2
    assert rank(CommissionRule(category_slug="honey")) == 4
    assert rank(CommissionRule(cooperative_id=uuid4())) == 8
    every = CommissionRule(cooperative_id=uuid4(), category_slug="honey", phase=1, market="ma")
    assert rank(every) == 15


def test_of_equal_rules_the_latest_applies() -> None:
    old = CommissionRule(category_slug="honey", valid_from=EARLY)
    new = CommissionRule(category_slug="honey", valid_from=LATE)

    assert rule_for([new, old], uuid4(), "honey") is new
    assert rule_for([old, new], uuid4(), "honey") is new


@pytest.mark.parametrize(
    "named",
    [{"cooperative_id": uuid4()}, {"category_slug": "rugs"}, {"phase": 1}, {"market": "fr"}],
)
def test_a_rule_that_names_something_else_does_not_apply(named: dict[str, object]) -> None:
    rule = CommissionRule(valid_from=EARLY, **named)

    assert rule_for([rule], uuid4(), "honey", phase=2, market="ma") is None
    assert rule_for([rule], uuid4(), "honey") is None


def vat(rate_bp: int, since: date = EARLY, until: date | None = None, **of: str) -> CommissionVat:
    programme, country = of.get("programme", ""), of.get("country", "")
    return CommissionVat(since, until, programme, country, rate_bp, True, "law")


def test_of_equal_vat_rates_the_latest_applies_and_none_before_its_day() -> None:
    known = (vat(700, LATE), vat(600), vat(800, date(2026, 11, 4)), vat(900, EARLY, DAY))

    assert rate_for("mourafaka", "MA", DAY, known=known) == Vat(700, is_included=True)
    assert rate_for("mourafaka", "MA", date(2023, 12, 31), known=known) is None


def test_a_programmes_vat_goes_before_its_countrys() -> None:
    own, country = vat(100, programme="mourafaka"), vat(200, LATE, country="MA")

    for known in ((own, country, vat(300, LATE)), (vat(300, LATE), country, own)):
        assert rate_for("mourafaka", "MA", DAY, known=known) == Vat(100, is_included=True)
        assert rate_for("other", "MA", DAY, known=known) == Vat(200, is_included=True)
        assert rate_for("other", "EG", DAY, known=known) == Vat(300, is_included=True)


def test_the_programmes_share_is_its_own_rules_then_the_latest() -> None:
    known = (
        CostAllocationRule(LATE, None, "", "refund_goods", 3_000, "general"),
        CostAllocationRule(EARLY, None, "", "refund_goods", 1_000, "older"),
        CostAllocationRule(EARLY, None, "mourafaka", "refund_goods", 2_000, "own"),
        CostAllocationRule(LATE, None, "", "dispute_fee", 10_000, "fee"),
    )

    assert programme_share("mourafaka", "refund_goods", DAY, known=known) == 2_000
    assert programme_share("other", "refund_goods", DAY, known=known) == 3_000
    assert programme_share("other", "refund_goods", date(2025, 1, 1), known=known) == 1_000
    assert programme_share("other", "dispute_fee", DAY, known=known) == 10_000
    assert programme_share("other", "dispute_lost", DAY, known=known) == 0


VAT_HEAD = "valid_from,valid_to,programme,country,rate_bp,included,source\n"
COST_HEAD = "valid_from,valid_to,programme,cost,programme_bp,source\n"


def test_files_of_rates_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rates, shares = tmp_path / "vat.csv", tmp_path / "shares.csv"
    rates.write_text(
        f"{VAT_HEAD}2024-01-01,2026-01-01,,MA,0,no,law\n2026-01-01,,own,,10000,yes,new law\n"
    )
    shares.write_text(f"{COST_HEAD}2024-01-01,,own,dispute_fee,0,terms\n")
    monkeypatch.setattr(commission_vat, "VAT_FILE", rates)
    monkeypatch.setattr(cost_allocation_rules, "RULES_FILE", shares)

    assert commission_vat.known_rates.__wrapped__() == (
        CommissionVat(EARLY, LATE, "", "MA", 0, False, "law"),
        CommissionVat(LATE, None, "own", "", 10_000, True, "new law"),
    )
    assert cost_allocation_rules.known_rules.__wrapped__() == (
        CostAllocationRule(EARLY, None, "own", "dispute_fee", 0, "terms"),
    )


@pytest.mark.parametrize(
    "row",
    ["2024-01-01,,,MA,10001,yes,law", "2024-01-01,,,MA,-1,yes,law", "2024-01-01,,,MA,5,yes, "],
)
def test_a_vat_rate_out_of_range_or_without_source_is_refused(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vat.csv"
    path.write_text(f"{VAT_HEAD}{row}\n")
    monkeypatch.setattr(commission_vat, "VAT_FILE", path)

    with pytest.raises(ValueError, match=r"vat\.csv, line 2: the rate or the source"):
        commission_vat.known_rates.__wrapped__()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2024-01-01,,,dispute_fee,10001,terms", "the share or the source"),
        ("2024-01-01,,,dispute_fee,-1,terms", "the share or the source"),
        ("2024-01-01,,,dispute_fee,5, ", "the share or the source"),
        ("2024-01-01,,,postage,5,terms", "unknown cost: postage"),
    ],
)
def test_a_share_out_of_range_or_of_an_unknown_cost_is_refused(
    row: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shares.csv"
    path.write_text(f"{COST_HEAD}{row}\n")
    monkeypatch.setattr(cost_allocation_rules, "RULES_FILE", path)

    with pytest.raises(ValueError, match=rf"shares\.csv, line 2: {why}"):
        cost_allocation_rules.known_rules.__wrapped__()
