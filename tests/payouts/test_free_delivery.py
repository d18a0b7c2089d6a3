"""Delivery that a cooperative made free: on the accounts, its statement and in its payouts."""

import itertools
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts import queries, services
from marketplace.payouts.balances.sale_position import CARD, CASH, position
from marketplace.payouts.balances.sale_totals import Amounts, SaleTotals, SoldLine
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import PayoutLine
from marketplace.payouts.statements.lines import statements
from tests.payouts.world import SaleOf, balances, make_cooperative, make_programme, make_user
from vendors.models import Cooperative
from vendors.scoping import Crossing

FREE: dict[str, Any] = {"shipping": 0, "waived": 3_500}
LINE = UUID(int=1)


@pytest.fixture
def cooperative(db: None) -> Cooperative:
    return make_cooperative(make_programme())


def told(sale: SaleOf, *names: str) -> SaleOf:
    for name in names:
        getattr(sale, name)()()
    return sale


def test_the_carrier_is_owed_its_price_and_the_cooperative_bears_it(
    cooperative: Cooperative,
) -> None:
    sale = told(SaleOf(cooperative, **FREE), "placed", "captured")
    assert balances() == {"psp_clearing": 10_000, "held": -10_000}
    told(sale, "delivered")
    assert balances() == {
        "psp_clearing": 10_000,
        "released": -(10_000 - 1_200 - 3_500),
        "commission": -1_200,
        "shipping_payable": -3_500,
        "delivery_cost": 3_500,
        "delivery_borne": -3_500,
    }
    assert list(findings()) == []


def test_it_is_a_dated_fact_that_is_booked_once(cooperative: Cooperative) -> None:
    sale = told(SaleOf(cooperative, totals=(4_000, 6_000), **FREE), "placed", "captured")
    first = sale.delivered({0: 4_000})
    first()
    first()
    sale.delivered({1: 6_000}, shipping=False)()
    assert balances()["delivery_cost"] == 3_500
    rows = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)
    booked = rows.get(cause=Cause.DELIVERY_WAIVED)
    assert (booked.occurred_at, booked.cooperative_id) == (sale.when, cooperative.pk)


def test_cash_is_deducted_when_it_is_remitted(cooperative: Cooperative) -> None:
    sale = told(SaleOf(cooperative, method="cod", **FREE), "placed", "delivered")
    assert balances() == {
        "carrier_cod": 10_000,
        "held": -10_000,
        "shipping_payable": -3_500,
        "delivery_cost": 3_500,
    }
    told(sale, "remitted")
    assert balances()["released"] == -(10_000 - 1_200 - 3_500)
    assert balances()["delivery_borne"] == -3_500


def test_what_is_cancelled_before_it_arrived_costs_nothing(cooperative: Cooperative) -> None:
    told(SaleOf(cooperative, **FREE), "placed", "captured", "cancelled")
    assert balances() == {"psp_clearing": 10_000, "buyer_refundable": -10_000}


def test_a_refund_gives_back_the_goods_and_the_carrier_is_still_paid(
    cooperative: Cooperative,
) -> None:
    sale = told(SaleOf(cooperative, **FREE), "placed", "captured", "delivered")
    sale.refunded({0: 10_000})()
    # The parcel was brought: its price is the cooperative's, which owes it to the programme.
    assert balances() == {
        "released": 3_500,
        "shipping_payable": -3_500,
        "delivery_cost": 3_500,
        "delivery_borne": -3_500,
    }
    assert list(findings()) == []


def test_any_order_of_the_events_books_the_same(db: None) -> None:
    programme, found = make_programme(), []
    for number, order in enumerate(itertools.permutations(("placed", "captured", "delivered"))):
        before = balances()
        told(SaleOf(make_cooperative(programme, f"coop-{number}", rib=""), **FREE), *order)
        after = balances()
        found.append({key: after.get(key, 0) - before.get(key, 0) for key in after})
    assert found == [found[0]] * len(found)


def test_the_statement_and_the_payout_have_a_line_of_their_own(cooperative: Cooperative) -> None:
    told(SaleOf(cooperative, **FREE), "placed", "captured", "delivered")
    rows = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)
    booked = rows.get(cause=Cause.DELIVERY_WAIVED).booked_on
    (statement,) = statements(cooperative.scope, date(booked.year, booked.month, 1))
    assert (statement.sold_minor, statement.delivery_minor) == (10_000, 3_500)
    assert (statement.commission_minor, statement.closing_minor) == (1_200, 5_300)
    with translation.override("en"):
        assert dict(statement.sums)["Delivery made free for buyers"] == -3_500
        assert [row.amount_minor for row in statement.rows] == [8_800, -3_500]
    preparer = make_user("preparer", cooperative.programme, "finance_preparer")
    run = services.prepare_run(programme=cooperative.programme, by=preparer.actor)
    line = PayoutLine.objects.within(cooperative.scope).get(run=run)
    assert (line.gross_minor, line.delivery_minor, line.corrected_minor) == (10_000, 3_500, 0)
    with translation.override("en"):
        assert dict(queries.line_sums(line))["Delivery made free for buyers"] == -3_500


@st.composite
def sales(draw: st.DrawFn) -> SaleTotals:
    """A sale whose delivery was free, with facts that can come about."""
    total, method = draw(st.integers(1, 50_000)), draw(st.sampled_from((CARD, CASH)))
    line = SoldLine(LINE, total, draw(st.integers(0, 3_000)), vat_bp=2_000)
    known = SaleTotals(method=method, sold=[line])
    if draw(st.booleans()):
        known.captured.add(total, 0, {})
    if draw(st.booleans()):
        known.delivered.add(total, 0, {line.line_id: total})
        known.waived.add(0, draw(st.integers(1, 20_000)), {})
        if method == CASH and draw(st.booleans()):
            known.remitted.add(total, 0, {})
    paid = known.captured.goods if method == CARD else known.delivered.goods
    back = draw(st.integers(0, total)) if paid else 0
    known.refunded.add(back, 0, {line.line_id: back})
    return known


@given(known=sales())
def test_the_books_balance_and_all_but_delivery_is_as_without_it(known: SaleTotals) -> None:
    found, cost = position(known, "MAD"), known.waived.shipping
    assert sum(found.balances.values()) == sum(found.delivery.values()) == 0
    known.waived = Amounts()
    without = position(known, "MAD")
    assert (found.balances, found.commission_minor) == (without.balances, without.commission_minor)
    assert found.delivery.get(AccountCode.SHIPPING_PAYABLE, 0) == -cost
    assert found.delivery.get(AccountCode.DELIVERY_COST, 0) == cost
    assert found.released_minor - without.released_minor in {0, cost}


@given(known=sales())
def test_whoever_made_it_free_bears_it_once_money_came(known: SaleTotals) -> None:
    received = known.captured if known.method == CARD else known.remitted
    borne = -position(known, "MAD").delivery.get(AccountCode.DELIVERY_BORNE, 0)
    assert borne == (known.waived.shipping if received.goods else 0)
