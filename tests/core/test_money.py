"""Money never loses a unit, whatever the currency."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import CurrencyMismatch, Money, exponent, whole_units

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


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [1, 2], [33, 67]),
        (100, [2, 1], [67, 33]),
        (10, [0, 3, 0, 1], [0, 8, 0, 2]),
        (1, [1, 1], [1, 0]),
        (-1, [1, 1], [-1, 0]),
        (0, [1, 5], [0, 0]),
        (7, [3], [7]),
    ],
)
def test_what_is_left_goes_to_the_largest_remainder_and_then_to_the_first(
    amount: int, weights: list[int], parts: list[int]
) -> None:
    assert [part.amount_minor for part in Money(amount, "MAD").allocate(weights)] == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [3, -1], [1, -1], [-1]])
def test_weights_of_nothing_or_less_split_no_amount(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="at least one positive weight"):
        Money(100, "MAD").allocate(weights)


@pytest.mark.parametrize(
    ("amount", "ratio", "share"),
    [
        (10_000, Fraction(1_200, 10_000), 1_200),
        (100, Fraction(2, 3), 67),
        (100, Fraction(1, 3), 33),
        (5, Fraction(1, 2), 2),
        (15, Fraction(1, 2), 8),
        (-5, Fraction(1, 2), -2),
        (-15, Fraction(1, 2), -8),
        (7, Fraction(3, 2), 10),
        (7, Fraction(1), 7),
        (7, Fraction(0), 0),
    ],
)
def test_a_share_is_rounded_half_to_even(amount: int, ratio: Fraction, share: int) -> None:
    assert Money(amount, "TND").share(ratio) == Money(share, "TND")


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        (1_249, "MAD", 12),
        (1_250, "MAD", 12),
        (1_350, "MAD", 14),
        (-1_251, "MAD", -13),
        (1_501, "TND", 2),
        (7, "XOF", 7),
    ],
)
def test_whole_units_round_half_to_even(amount: int, currency: str, units: int) -> None:
    assert whole_units(amount, currency) == units


def test_an_amount_is_read_in_main_units() -> None:
    assert Money.from_decimal("12.50", "MAD") == Money(1_250, "MAD")
    assert Money.from_decimal(-3, "TND") == Money(-3_000, "TND")
    assert Money(1_250, "MAD").decimal == Decimal("12.50")
    assert Money(7, "XOF").decimal == Decimal(7)


def test_amounts_of_one_currency_are_added_and_compared() -> None:
    three, five = Money(3, "MAD"), Money(5, "MAD")

    assert three + five == Money(8, "MAD")
    assert three - five == -Money(2, "MAD") == Money(-2, "MAD")
    assert three * 4 == Money(12, "MAD")
    assert Money.total([three, five, five], "MAD") == Money(13, "MAD")
    assert Money.total([], "MAD") == Money.zero("MAD") == Money(0, "MAD")
    assert three < five
    assert three <= five
    assert three <= Money(3, "MAD")
    assert not five < three
    assert not five <= three
    assert not three < Money(3, "MAD")
    assert bool(Money(1, "MAD"))
    assert bool(Money(-1, "MAD"))
    assert not Money(0, "MAD")


@pytest.mark.parametrize(("one", "other"), [("MAD", "EUR"), ("EUR", "MAD")])
def test_currencies_do_not_mix(one: str, other: str) -> None:
    first, second = Money(1, one), Money(1, other)
    for mixed in (
        lambda: first + second,
        lambda: first - second,
        lambda: first < second,
        lambda: first <= second,
        lambda: Money.total([second], one),
    ):
        with pytest.raises(CurrencyMismatch, match=f"{one} and {other}"):
            mixed()
    assert first != second


def test_too_many_decimals_are_refused() -> None:
    with pytest.raises(ValueError, match="more decimals"):
        Money.from_decimal(Decimal("1.5"), "XOF")
