"""What the programme or a region bears of a voucher: on the accounts and on the statement."""

import itertools
from datetime import date
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.balances.sale_position import CARD, CASH, position
from marketplace.payouts.balances.sale_totals import Amounts, SaleTotals, SoldLine
from marketplace.payouts.book_checks import findings
from marketplace.payouts.statements.lines import statements
from tests.payouts.world import SaleOf, balances, make_cooperative, make_programme
from vendors.models import Cooperative
from vendors.scoping import Crossing


@pytest.fixture
def cooperative(db: None) -> Cooperative:
    return make_cooperative(make_programme())


def test_the_payment_books_the_whole_voucher_and_the_delivery_pays_it(
    cooperative: Cooperative,
) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,))
    for event in (sale.placed(), sale.captured()):
        event()
    assert balances() == {
        "psp_clearing": 12_000,
        "held": -9_000,
        "shipping_payable": -3_000,
        "voucher_cost": 1_000,
        "voucher_payable": -1_000,
    }
    sale.delivered()()
    # The cooperative gets what 10,000 bring it without any voucher.
    assert balances() == {
        "psp_clearing": 12_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -3_000,
        "voucher_cost": 1_000,
    }
    assert list(findings()) == []


def test_a_region_has_an_account_of_its_own(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,), voucher_by="region")
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()
    assert balances()["voucher_region"] == 1_000
    assert "voucher_cost" not in balances()


def test_a_refund_of_a_part_takes_back_that_part_of_the_voucher(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,))
    for event in (sale.placed(), sale.captured(), sale.delivered(), sale.refunded({0: 3_000})):
        event()
    # 6,000 paid of 9,000 stay: 666 of the voucher, rounded down so that parts add up.
    assert balances()["voucher_cost"] == 666
    assert balances()["released"] + balances()["commission"] == -6_666
    sale.refunded({0: 6_000})()
    assert balances() == {"psp_clearing": 3_000, "shipping_payable": -3_000}
    assert list(findings()) == []


def test_cash_books_it_when_it_is_collected(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,), method="cod")
    sale.placed()()
    assert balances() == {}
    sale.delivered()()
    assert balances()["voucher_cost"] == 1_000
    sale.remitted()()
    assert balances()["released"] == -8_800


def test_what_is_cancelled_costs_nothing(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,))
    for event in (sale.placed(), sale.captured(), sale.cancelled()):
        event()
    assert balances() == {"psp_clearing": 12_000, "buyer_refundable": -12_000}


def test_any_order_of_the_events_books_the_same(db: None) -> None:
    programme = make_programme()
    expected = None
    names = ("placed", "captured", "delivered")
    for number, order in enumerate(itertools.permutations(names)):
        cooperative = make_cooperative(programme, f"coop-{number}", rib="")
        sale = SaleOf(cooperative, totals=(9_001, 55), vouchers=(999, 7))
        before = balances()
        for name in order:
            getattr(sale, name)()()
        after = balances()
        change = {key: after.get(key, 0) - before.get(key, 0) for key in after}
        expected = expected or change
        assert change == expected


def test_the_statement_says_what_vouchers_paid(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(9_000,), vouchers=(1_000,))
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()
    rows = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)
    booked = rows.filter(cause=Cause.PARCEL_DELIVERED).get().booked_on
    (statement,) = statements(cooperative.scope, date(booked.year, booked.month, 1))
    assert (statement.sold_minor, statement.vouchers_minor) == (9_000, 1_000)
    assert (statement.commission_minor, statement.closing_minor) == (1_200, 8_800)
    with translation.override("en"):
        labels = dict(statement.sums)
    assert labels["Vouchers borne by the programme or a region"] == 1_000
    (row,) = statement.rows
    assert (row.gross_minor, row.voucher_minor) == (10_000, 1_000)


LINES = (UUID(int=1), UUID(int=2), UUID(int=3))


@st.composite
def sales(draw: st.DrawFn) -> SaleTotals:
    """A sale of up to three lines with a voucher, and facts that can come about."""
    keys = LINES[: draw(st.integers(1, 3))]
    sold = [
        SoldLine(
            key,
            draw(st.integers(1, 50_000)),
            draw(st.integers(0, 3_000)),
            vat_bp=draw(st.sampled_from((0, 2_000))),
            voucher_minor=draw(st.integers(0, 20_000)),
            voucher_by="programme",
        )
        for key in keys
    ]
    known = SaleTotals(method=draw(st.sampled_from((CARD, CASH))), sold=sold)
    whole = sum(line.total_minor for line in sold)
    if draw(st.booleans()):
        known.captured.add(whole, 500, {})
    delivered = {line.line_id: line.total_minor for line in sold if draw(st.booleans())}
    if delivered:
        known.delivered.add(sum(delivered.values()), 500, delivered)
        if known.method == CASH and draw(st.booleans()):
            known.remitted.add(known.delivered.goods, 500, {})
    paid = known.captured.goods if known.method == CARD else known.delivered.goods
    refunded = {
        line.line_id: draw(st.integers(0, line.total_minor))
        for line in sold
        if paid and (known.method == CARD or line.line_id in delivered)
    }
    known.refunded.add(sum(refunded.values()), 0, refunded)
    return known


@given(known=sales())
def test_the_books_balance_and_no_more_than_the_voucher_is_given(known: SaleTotals) -> None:
    found = position(known, "MAD").balances
    assert sum(found.values()) == 0
    whole = sum(line.voucher_minor for line in known.sold)
    assert 0 <= found.get(AccountCode.VOUCHER_COST, 0) <= whole
    assert -whole <= found.get(AccountCode.VOUCHER_PAYABLE, 0) <= 0


@given(known=sales())
def test_once_all_arrived_and_nothing_went_back_it_is_given_exactly(known: SaleTotals) -> None:
    whole = {line.line_id: line.total_minor for line in known.sold}
    goods = sum(whole.values())
    for amounts in (known.captured, known.delivered, known.remitted):
        amounts.goods, amounts.by_line = goods, dict(whole)
    known.refunded = Amounts()
    found = position(known, "MAD")
    voucher = sum(line.voucher_minor for line in known.sold)
    assert found.balances.get(AccountCode.VOUCHER_COST, 0) == voucher
    assert AccountCode.VOUCHER_PAYABLE not in found.balances
    assert found.net_goods_minor == goods + voucher
    without = [
        SoldLine(x.line_id, x.total_minor + x.voucher_minor, x.rate_bp, x.vat_bp)
        for x in known.sold
    ]
    full = SaleTotals(method=known.method, sold=without)
    for amounts in (full.captured, full.delivered, full.remitted):
        amounts.add(goods + voucher, 0, {x.line_id: x.total_minor for x in without})
    assert (
        found.balances[AccountCode.RELEASED]
        == (position(full, "MAD").balances[AccountCode.RELEASED])
    )


@given(known=sales(), steps=st.lists(st.integers(0, 50_000), max_size=6))
def test_parts_of_a_line_add_up_to_its_voucher(known: SaleTotals, steps: list[int]) -> None:
    line = known.sold[0]
    marks = sorted({0, line.total_minor, *(min(step, line.total_minor) for step in steps)})
    parts = [line.voucher_part(b) - line.voucher_part(a) for a, b in itertools.pairwise(marks)]
    assert sum(parts) == line.voucher_minor
    assert all(part >= 0 for part in parts)
