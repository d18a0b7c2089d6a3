"""Money never loses a unit, whatever the currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import CurrencyMismatch, Money, exponent

currencies = st.sampled_from(["MAD", "EUR", "TND", "XOF"])


@pytest.mark.parametrize(("currency", "decimals"), [("MAD", 2), ("TND", 3), ("XOF", 0), ("EGP", 2)])
def test_decimals_are_those_of_cldr(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@given(st.integers(-(10**9), 10**9), currencies)
def test_decimal_and_minor_units_are_the_same_amount(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert Money.from_decimal(money.decimal, currency) == money


@given(
    st.integers(-(10**9), 10**9),
    currencies,
    st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any),
)
def test_parts_sum_to_the_whole(amount: int, currency: str, weights: list[int]) -> None:
    parts = Money(amount, currency).allocate(weights)
    assert Money.total(parts, currency) == Money(amount, currency)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=9))
def test_no_part_is_more_than_one_unit_off(amount: int, weights: list[int]) -> None:
    total = sum(weights)
    for part, weight in zip(Money(amount, "MAD").allocate(weights), weights, strict=True):
        assert abs(part.amount_minor * total - amount * weight) < total


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "MAD") + Money(1, "EUR")


def test_too_many_decimals_are_refused() -> None:
    with pytest.raises(ValueError, match="more decimals"):
        Money.from_decimal(Decimal("1.5"), "XOF")
