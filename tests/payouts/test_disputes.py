"""Disputes hold the cooperatives' shares; fees and payouts of the provider are booked once."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts import handlers
from marketplace.payouts.balances.cost_allocation_rules import (
    CostAllocationRule,
    known_rules,
    programme_share,
)
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import DisputeUnknown, PaymentUnknown
from tests.payouts.world import (
    WHEN,
    SaleOf,
    balances,
    make_cooperative,
    make_programme,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


def told(order_id: UUID, amount: int, fee: int = 0, dispute_id: UUID | None = None) -> Any:
    return {
        "aggregate_id": str(uuid4()),
        "occurred_at": WHEN.isoformat(),
        "dispute_id": str(dispute_id or uuid4()),
        "payment_id": str(uuid4()),
        "order_id": str(order_id),
        "amount_minor": amount,
        "currency": "MAD",
        "fee_minor": fee,
    }


def count() -> int:
    return LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).count()


def bears(monkeypatch: pytest.MonkeyPatch, **shares: int) -> None:
    rules = tuple(
        CostAllocationRule(SINCE, None, "", what, bp, "test") for what, bp in shares.items()
    )
    monkeypatch.setattr(
        "marketplace.payouts.balances.cost_allocation_rules.known_rules", lambda: rules
    )


def test_a_dispute_holds_the_share_and_winning_frees_it(tifawine: Cooperative) -> None:
    sale = sold_and_delivered(tifawine)
    before, dispute = balances(), told(sale.order_id, 13_000)

    handlers.on_dispute_opened(dispute)
    handlers.on_dispute_opened(dispute)

    assert balances() == {
        "psp_disputed": 13_000,
        "disputed": -10_000,
        "shipping_payable": -3_000,
    }
    handlers.on_dispute_won(dispute)
    handlers.on_dispute_won(dispute)
    assert balances() == before
    assert list(findings()) == []


def test_a_lost_dispute_is_the_cooperatives_unless_a_rule_says_otherwise(
    tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shares, released, chargeback, commission in (
        ({}, 0, 3_000, 0),
        ({"dispute_lost": 10_000}, -8_800, 13_000, -1_200),
        ({"dispute_lost": 2_500}, -2_200, 5_500, -300),
    ):
        bears(monkeypatch, **shares)
        was = balances()
        sale = sold_and_delivered(tifawine)
        dispute = told(sale.order_id, 13_000)
        handlers.on_dispute_opened(dispute)
        handlers.on_dispute_lost(dispute)
        handlers.on_dispute_lost(dispute)
        now = balances()
        found = {code: now.get(code, 0) - was.get(code, 0) for code in now}
        assert {code: amount for code, amount in found.items() if amount} == {
            code: amount
            for code, amount in {
                "released": released,
                "chargeback": chargeback,
                "commission": commission,
                "shipping_payable": -3_000,
            }.items()
            if amount
        }


def test_shares_of_a_part_are_in_proportion_to_the_unit(
    programme: Programme, tifawine: Cooperative
) -> None:
    order_id = uuid4()
    for cooperative, totals in (
        (tifawine, (3_333,)),
        (make_cooperative(programme, "b", rib=""), (1,)),
    ):
        sale = SaleOf(cooperative, totals, 0, order_id=order_id)
        sale.placed()()
        sale.captured()()
    handlers.on_dispute_opened(told(order_id, 1_667))
    assert balances() == {
        "psp_clearing": 1_667, "psp_disputed": 1_667, "disputed": -1_667, "held": -1_667
    }  # fmt: skip


def test_the_fee_is_shared_as_the_rule_says(
    tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    bears(monkeypatch, dispute_fee=4_000)
    sale = sold_and_delivered(tifawine)
    handlers.on_dispute_opened(told(sale.order_id, 13_000, fee=1_500))
    assert (balances()["psp_fee"], balances()["released"]) == (600, 900)
    assert balances()["psp_clearing"] == -1_500


def test_what_is_told_too_early_is_told_again(tifawine: Cooperative) -> None:
    sale = SaleOf(tifawine)
    sale.placed()()
    dispute = told(sale.order_id, 13_000)
    for handler, error in (
        (handlers.on_dispute_won, DisputeUnknown),
        (handlers.on_dispute_lost, DisputeUnknown),
        (handlers.on_dispute_opened, PaymentUnknown),
    ):
        with pytest.raises(error):
            handler(dispute)
    assert count() == 0
    sale.captured()()
    handlers.on_dispute_opened(dispute)
    assert balances()["disputed"] == -10_000


def test_a_dispute_heard_of_after_everything_went_back_holds_nothing(
    tifawine: Cooperative,
) -> None:
    sale = sold_and_delivered(tifawine)
    dispute = told(sale.order_id, 13_000, fee=1_500)
    with pytest.raises(DisputeUnknown):
        handlers.on_dispute_won(dispute)
    sale.refunded({0: 10_000}, shipping=3_000)()

    handlers.on_dispute_opened(dispute)
    handlers.on_dispute_opened(dispute)
    handlers.on_dispute_won(dispute)

    assert (balances().get("disputed", 0), balances()["psp_clearing"]) == (0, -1_500)
    assert list(findings()) == []


def test_a_refund_that_the_programme_bears_leaves_the_cooperative_its_share(
    tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    bears(monkeypatch, refund_goods=10_000)
    sale = sold_and_delivered(tifawine)
    was = balances()
    refund = sale.refunded({0: 4_000})
    refund()
    refund()
    now = balances()
    assert (now["released"], now["commission"]) == (was["released"], was["commission"])
    assert (now["refund_cost"], now["psp_clearing"]) == (4_000, 9_000)


def test_fees_and_payouts_of_the_provider_are_booked_once(
    programme: Programme, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine)
    base = {"aggregate_id": str(uuid4()), "occurred_at": WHEN.isoformat(), "provider": "stripe"}
    fee = base | {
        "key": "txn_1",
        "payment_id": str(uuid4()),
        "order_id": str(sale.order_id),
        "fee_minor": 390,
        "currency": "MAD",
    }
    payout = base | {"key": "po_1", "amount_minor": 12_610, "currency": "MAD", "reference": "ST1"}
    for _ in range(2):
        handlers.on_payment_fee_charged(fee)
        handlers.on_provider_paid_out(payout)
    assert (balances()["bank"], balances()["psp_fee"]) == (12_610, 390)
    assert "psp_clearing" not in balances()
    handlers.on_provider_paid_out(payout | {"key": "po_2", "amount_minor": -12_610})
    assert (balances()["psp_clearing"], "bank" in balances()) == (12_610, False)
    with pytest.raises(PaymentUnknown):
        handlers.on_payment_fee_charged(fee | {"key": "txn_2", "order_id": str(uuid4())})


def test_a_payout_is_shared_by_what_each_programme_has_there(tifawine: Cooperative) -> None:
    other = make_cooperative(make_programme("other"), "elsewhere", rib="")
    sold_and_delivered(tifawine)
    sold_and_delivered(other, totals=(23_000,), shipping=3_000)
    payout = {
        "aggregate_id": str(uuid4()),
        "occurred_at": WHEN.isoformat(),
        "provider": "stripe",
        "key": "po_1",
        "amount_minor": 39_000,
        "currency": "MAD",
        "reference": "ST1",
    }
    handlers.on_provider_paid_out(payout)
    handlers.on_provider_paid_out(payout)
    rows = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).filter(cause="psp_settled")
    assert sorted(max(e.amount_minor for e in row.entries.all()) for row in rows) == [
        13_000,
        26_000,
    ]


def test_every_shipped_rule_names_its_source_and_a_programmes_own_goes_first() -> None:
    assert {rule.cost for rule in known_rules()} == {
        "refund_goods", "dispute_lost", "dispute_fee"
    }  # fmt: skip
    rules = (
        CostAllocationRule(SINCE, None, "", "dispute_lost", 0, "general"),
        CostAllocationRule(SINCE, date(2026, 1, 1), "mourafaka", "dispute_lost", 5_000, "own"),
    )
    for day, share in ((date(2025, 12, 31), 5_000), (date(2026, 1, 1), 0)):
        assert programme_share("mourafaka", "dispute_lost", day, known=rules) == share
    assert programme_share("other", "dispute_lost", date(2025, 6, 1), known=rules) == 0
