"""What each account of a sale holds, by the facts that are known of it."""

from uuid import UUID

import pytest

from marketplace.ledger.chart import AccountCode
from marketplace.payouts.balances.sale_position import position
from marketplace.payouts.balances.sale_totals import Amounts, SaleTotals, SoldLine

A, B = UUID(int=1), UUID(int=2)
SOLD = [SoldLine(A, 10_000, rate_bp=1_200), SoldLine(B, 55, rate_bp=1_200)]


def amounts(goods_by_line: dict[UUID, int], shipping: int = 0) -> Amounts:
    return Amounts(sum(goods_by_line.values()), shipping, goods_by_line)


WHOLE = amounts({A: 10_000, B: 55}, 3_000)
# Facts of a payment name no lines.
PAID = Amounts(10_055, 3_000)

CARD = {
    "paid": (
        {"captured": PAID},
        {"psp_clearing": 13_055, "held": -10_055, "shipping_payable": -3_000},
        (0, 0),
    ),
    "delivered": (
        {"captured": PAID, "delivered": WHOLE},
        {
            "psp_clearing": 13_055,
            "released": -8_848,
            "commission": -1_207,
            "shipping_payable": -3_000,
        },
        (10_055, 1_207),
    ),
    "delivered in part": (
        {"captured": PAID, "delivered": amounts({A: 10_000}, 3_000)},
        {
            "psp_clearing": 13_055,
            "held": -55,
            "released": -8_800,
            "commission": -1_200,
            "shipping_payable": -3_000,
        },
        (10_000, 1_200),
    ),
    "delivered, its payment not known yet": (
        {"delivered": WHOLE, "refunded": amounts({A: 1_000})},
        {"psp_clearing": -1_000, "held": 1_000},
        (9_055, 1_087),
    ),
    "refunded in part, with the delivery": (
        {"captured": PAID, "delivered": WHOLE, "refunded": amounts({A: 4_000}, 3_000)},
        {
            "psp_clearing": 6_055,
            "released": -5_328,
            "commission": -727,
            "shipping_payable": -3_000,
            "shipping_refunded": 3_000,
        },
        (6_055, 727),
    ),
    "refunded in part, the programme bears some": (
        {
            "captured": PAID,
            "delivered": WHOLE,
            "refunded": amounts({A: 4_000}),
            "refund_borne": amounts({A: 1_000}),
        },
        {
            "psp_clearing": 9_055,
            "released": -6_208,
            "commission": -847,
            "shipping_payable": -3_000,
            "refund_cost": 1_000,
        },
        (7_055, 847),
    ),
    "cancelled": (
        {"captured": PAID, "cancelled": WHOLE},
        {"psp_clearing": 13_055, "buyer_refundable": -13_055},
        (0, 0),
    ),
    "cancelled before it was paid": ({"cancelled": WHOLE}, {}, (0, 0)),
    "one line cancelled, refunded in part": (
        {
            "captured": PAID,
            "cancelled": amounts({A: 10_000}, 3_000),
            "refunded": amounts({A: 4_000}, 1_000),
        },
        {"psp_clearing": 8_055, "held": -55, "buyer_refundable": -8_000},
        (0, 0),
    ),
    "cancelled, refunded in whole": (
        {"captured": PAID, "cancelled": WHOLE, "refunded": WHOLE},
        {},
        (0, 0),
    ),
    "one line delivered, the other cancelled": (
        {
            "captured": PAID,
            "delivered": amounts({A: 10_000}, 3_000),
            "cancelled": amounts({B: 55}, 3_000),
        },
        {
            "psp_clearing": 13_055,
            "released": -8_800,
            "commission": -1_200,
            "shipping_payable": -3_000,
            "buyer_refundable": -55,
        },
        (10_000, 1_200),
    ),
    "a line delivered in part, more than the rest cancelled, some of it refunded": (
        {
            "captured": PAID,
            "delivered": amounts({A: 4_000}, 3_000),
            "cancelled": amounts({A: 7_000}),
            "refunded": amounts({A: 1_000}),
        },
        {
            "psp_clearing": 12_055,
            "held": -55,
            "released": -3_520,
            "commission": -480,
            "shipping_payable": -3_000,
            "buyer_refundable": -5_000,
        },
        (4_000, 480),
    ),
    "disputed": (
        {"captured": PAID, "delivered": WHOLE, "disputed": PAID},
        {"psp_disputed": 13_055, "disputed": -10_055, "shipping_payable": -3_000},
        (10_055, 1_207),
    ),
    "disputed in part": (
        {"captured": PAID, "delivered": WHOLE, "disputed": Amounts(4_000, 1_000)},
        {
            "psp_clearing": 8_055,
            "psp_disputed": 5_000,
            "disputed": -4_000,
            "released": -5_328,
            "commission": -727,
            "shipping_payable": -3_000,
        },
        (10_055, 1_207),
    ),
    "one dispute won, one open": (
        {
            "captured": PAID,
            "delivered": WHOLE,
            "disputed": Amounts(6_000, 1_500),
            "dispute_won": Amounts(2_000, 500),
        },
        {
            "psp_clearing": 8_055,
            "psp_disputed": 5_000,
            "disputed": -4_000,
            "released": -5_328,
            "commission": -727,
            "shipping_payable": -3_000,
        },
        (10_055, 1_207),
    ),
    "dispute lost": (
        {"captured": PAID, "delivered": WHOLE, "disputed": PAID, "dispute_lost": PAID},
        {"chargeback": 3_000, "shipping_payable": -3_000},
        (10_055, 1_207),
    ),
    "dispute lost, the programme bears some": (
        {
            "captured": PAID,
            "delivered": WHOLE,
            "disputed": PAID,
            "dispute_lost": PAID,
            "dispute_borne": Amounts(5_000),
        },
        {
            "chargeback": 8_000,
            "released": -4_400,
            "commission": -600,
            "shipping_payable": -3_000,
        },
        (10_055, 1_207),
    ),
}
CASH = {
    "delivered": (
        {"delivered": WHOLE},
        {"carrier_cod": 13_055, "held": -10_055, "shipping_payable": -3_000},
        (10_055, 1_207),
    ),
    "remitted in part": (
        {"delivered": WHOLE, "remitted": Amounts(6_000, 2_000)},
        {
            "carrier_cod": 5_055,
            "bank": 8_000,
            "held": -4_055,
            "released": -5_280,
            "commission": -720,
            "shipping_payable": -3_000,
        },
        (10_055, 1_207),
    ),
    "remitted and refunded in part": (
        {"delivered": WHOLE, "remitted": PAID, "refunded": amounts({A: 1_000}, 400)},
        {
            "bank": 11_655,
            "released": -7_968,
            "commission": -1_087,
            "shipping_payable": -3_000,
            "shipping_refunded": 400,
        },
        (9_055, 1_087),
    ),
    "cancelled": ({"cancelled": WHOLE}, {}, (0, 0)),
}


@pytest.mark.parametrize(
    ("method", "facts", "balances", "kept"),
    [
        pytest.param(method, *case, id=f"{method}, {name}")
        for method, cases in (("card", CARD), ("cod", CASH))
        for name, case in cases.items()
    ],
)
def test_each_account_holds_what_the_facts_say(
    method: str, facts: dict[str, Amounts], balances: dict[str, int], kept: tuple[int, int]
) -> None:
    found = position(SaleTotals(method, SOLD, **facts), "MAD")

    assert found.balances == balances
    assert sum(found.balances.values()) == 0
    assert (found.net_goods_minor, found.commission_minor) == kept
    assert found.releases is ("released" in balances)


def test_a_payment_whose_order_is_not_known_waits() -> None:
    found = position(SaleTotals("card", captured=PAID, cancelled=WHOLE), "MAD")

    assert found.balances == {"psp_clearing": 13_055, "held": -10_055, "shipping_payable": -3_000}


@pytest.mark.parametrize(
    ("line", "released", "commission", "tax"),
    [
        (SoldLine(A, 10_000, 1_200, 2_000, vat_included=True), -8_800, -1_000, -200),
        (SoldLine(A, 10_000, 1_200, 2_000, vat_included=False), -8_560, -1_200, -240),
        # Without saying so, VAT is not charged, and a rate would be charged on top.
        (SoldLine(A, 10_000, 1_200), -8_800, -1_200, 0),
        (SoldLine(A, 10_000, 1_200, 2_000), -8_560, -1_200, -240),
        (SoldLine(A, 10_000, 0), -10_000, 0, 0),
    ],
)
def test_vat_is_part_of_the_commission_or_added_to_it(
    line: SoldLine, released: int, commission: int, tax: int
) -> None:
    sold = amounts({A: 10_000})
    found = position(SaleTotals("card", [line], captured=sold, delivered=sold), "MAD").balances

    assert found[AccountCode.RELEASED] == released
    assert found.get(AccountCode.COMMISSION, 0) == commission
    assert found.get(AccountCode.TAX_PAYABLE, 0) == tax


def test_facts_of_one_kind_add_up() -> None:
    known = Amounts()
    known.add(100, 30, {A: 70, B: 30})
    known.add(50, 20, {B: 50})

    assert known == Amounts(150, 50, {A: 70, B: 80})


@pytest.mark.parametrize(
    ("known", "spread"),
    [
        (Amounts(10_020), {A: 10_000, B: 20}),
        (Amounts(100, 0, {B: 30}), {A: 70, B: 30}),
        (Amounts(10_060, 0, {B: 30}), {A: 10_000, B: 55}),
        (Amounts(40, 0, {A: 40, B: 30}), {A: 40, B: 30}),
        (Amounts(), {A: 0, B: 0}),
    ],
)
def test_amounts_without_a_line_fill_the_lines_in_their_order(
    known: Amounts, spread: dict[UUID, int]
) -> None:
    assert known.spread(SOLD) == spread
