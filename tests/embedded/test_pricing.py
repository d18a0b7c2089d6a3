from decimal import Decimal
from typing import Any

import pytest

from marketplace.embedded.pricing import (
    Taxed,
    TaxResponseInvalid,
    taxed,
    unit_of,
    untaxed,
)

ANSWER: dict[str, Any] = {
    "shipping_price_gross_amount": 50.0,
    "shipping_price_net_amount": 41.67,
    "shipping_tax_rate": 20,
    "lines": [
        {"total_gross_amount": 360.0, "total_net_amount": 300.0, "tax_rate": 20},
        {"total_gross_amount": 1500.0, "total_net_amount": 1250.0, "tax_rate": 20},
    ],
}


def test_without_tax_net_equals_gross() -> None:
    prices = untaxed([36000, 150000], 5000)

    assert prices.subtotal == Taxed(186000, 186000)
    assert (prices.total.net, prices.total.gross) == (191000, 191000)


def test_a_tax_answer_prices_lines_and_shipping_in_minor_units() -> None:
    prices = taxed(ANSWER, lines=2, currency="MAD")

    assert prices.shipping == Taxed(4167, 5000, Decimal("0.2"))
    assert prices.lines[1] == Taxed(125000, 150000, Decimal("0.2"))
    assert (prices.total.net, prices.total.gross) == (159167, 191000)


def test_amounts_follow_the_currency_s_own_decimals() -> None:
    answer = {**ANSWER, "shipping_price_net_amount": "41.6674", "lines": []}

    assert taxed(answer, lines=0, currency="TND").shipping.net == 41667
    assert taxed(answer, lines=0, currency="XOF").shipping.net == 42


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        "no",
        {**ANSWER, "lines": ANSWER["lines"][:1]},
        {**ANSWER, "shipping_price_net_amount": None},
        {**ANSWER, "shipping_price_gross_amount": -1},
        {**ANSWER, "shipping_tax_rate": 200},
        {**ANSWER, "lines": [{"total_gross_amount": 1}, {"total_gross_amount": 1}]},
    ],
)
def test_an_unusable_tax_answer_is_refused(answer: Any) -> None:
    with pytest.raises(TaxResponseInvalid):
        taxed(answer, lines=2, currency="MAD")


def test_a_unit_is_rounded_half_up() -> None:
    assert (unit_of(100, 3), unit_of(5, 2), unit_of(0, 4)) == (33, 3, 0)
