"""What people and banks write as an amount, read by language and currency."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.amounts import (
    LARGEST_MINOR,
    MOVEMENT,
    NOT_NEGATIVE,
    AmbiguousAmount,
    AmountOutOfRange,
    OtherCurrency,
    UnreadableAmount,
    read_amount,
    typed_amount,
)
from marketplace.core.formats import Format
from marketplace.core.money import Money, exponent

LANGUAGES = ("ar", "fr", "en")
CURRENCIES = ("MAD", "EUR", "EGP", "TND", "JOD", "XOF")
MARKETS = ("ma", "eg", "tn", "jo", "sn", "fr")


@pytest.mark.parametrize(
    ("typed", "language", "currency", "minor"),
    [
        ("95", "fr", "MAD", 9500),
        ("2.750", "fr", "MAD", 275000),
        ("17.305", "ar", "MAD", 1730500),
        ("2,750", "en", "MAD", 275000),
        ("7,5", "fr", "MAD", 750),
        ("7.50", "fr", "MAD", 750),
        (",50", "fr", "MAD", 50),
        ("2 750,00", "fr", "MAD", 275000),
        ("2\u00a0750,00", "fr", "MAD", 275000),
        ("2\u202f750,00", "fr", "MAD", 275000),
        ("2'750.00", "fr", "EUR", 275000),
        ("2.345,60", "fr", "MAD", 234560),
        ("2,345.60", "fr", "MAD", 234560),
        ("٢٫٧٥", "ar", "MAD", 275),
        ("٢٬٧٥٠٫٥٠", "ar", "EGP", 275050),
        ("٧,٥٠", "ar", "MAD", 750),
        ("\u200f٧٫٥", "ar", "MAD", 750),
        ("90 DH", "fr", "MAD", 9000),
        ("90dhs.", "fr", "MAD", 9000),
        ("MAD 90", "en", "MAD", 9000),
        ("90 درهما", "ar", "MAD", 9000),
        ("90 د.م.", "ar", "MAD", 9000),
        ("€12.50", "en", "EUR", 1250),
        ("1 500 F CFA", "fr", "XOF", 1500),
        ("17,250", "fr", "TND", 17250),
        ("17.250", "en", "TND", 17250),
        ("17,250", "ar", "JOD", 17250),
        ("0.750", "ar", "TND", 750),
        ("2,750.250", "en", "JOD", 2750250),
        ("2 750.250", "fr", "TND", 2750250),
        ("7,000", "fr", "XOF", 7000),
        ("7.000", "ar", "XOF", 7000),
        ("7 000,00", "fr", "XOF", 7000),
        ("2.345.678", "fr", "MAD", 234567800),
        ("17,345", "fr", "MAD", 1734500),
    ],
)
def test_what_is_written_is_read(typed: str, language: str, currency: str, minor: int) -> None:
    assert read_amount(typed, currency, language) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "language", "currency", "first", "second"),
    [
        ("2,750", "fr", "MAD", 275, 275000),
        ("2,750", "ar", "MAD", 275, 275000),
        ("2.750", "en", "EUR", 275, 275000),
        ("17.250", "fr", "TND", 17250, 17250000),
        ("17.250", "ar", "TND", 17250, 17250000),
        ("17,250", "en", "JOD", 17250, 17250000),
        ("2.345.678", "fr", "TND", 2345678, 2345678000),
    ],
)
def test_two_likely_readings_are_both_named(
    typed: str, language: str, currency: str, first: int, second: int
) -> None:
    with pytest.raises(AmbiguousAmount) as refused:
        read_amount(typed, currency, language)
    assert refused.value.readings == (Money(first, currency), Money(second, currency))
    for reading in refused.value.readings:
        assert Format(language).money(reading.amount_minor, currency) in str(refused.value)


NOT_AMOUNTS = (
    ["", "-", ".", ",", "DH", "€", "NaN", "1e3", "1-2", "12 50", "12/5", "1_000", "5 %", "5 kg"],
    ["12,5,0", "1.23.456", "0.500.000", "--5", "(5", "12\n30 30", "²", "9" * 400, "DH 5 DH"],
)


@pytest.mark.parametrize("typed", [typed for row in NOT_AMOUNTS for typed in row])
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnreadableAmount):
        read_amount(typed, "MAD", "fr")


@pytest.mark.parametrize("typed", ["5,5", "0,001"])
def test_no_part_of_a_franc_exists(typed: str) -> None:
    with pytest.raises(UnreadableAmount):
        read_amount(typed, "XOF", "fr")


@pytest.mark.parametrize("typed", ["12,50 €", "$12", "12 USD", "12 دينار"])
def test_the_sign_of_another_currency_is_refused(typed: str) -> None:
    with pytest.raises(OtherCurrency) as refused:
        read_amount(typed, "MAD", "fr")
    assert "dirham" in str(refused.value)


@pytest.mark.parametrize("typed", ["0", "0,00", "-3", "999999999999"])
def test_a_price_is_above_zero_and_the_largest_is_named(typed: str) -> None:
    with pytest.raises(AmountOutOfRange) as refused:
        read_amount(typed, "MAD", "fr")
    assert Format("fr").money(LARGEST_MINOR, "MAD") in str(refused.value)


def test_a_fee_may_be_zero() -> None:
    assert read_amount("0", "MAD", "fr", NOT_NEGATIVE).amount_minor == 0


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("0,00", 0),
        ("-70,50", -7050),
        ("\u221270,50", -7050),
        ("70,50-", -7050),
        ("70,50 - MAD", -7050),
        ("(70,50)", -7050),
        ("+70,50", 7050),
        ("-,50", -50),
    ],
)
def test_a_movement_keeps_its_sign(typed: str, minor: int) -> None:
    assert read_amount(typed, "MAD", "fr", MOVEMENT).amount_minor == minor


@given(
    st.integers(1, LARGEST_MINOR),
    st.sampled_from(CURRENCIES),
    st.sampled_from(LANGUAGES),
)
def test_what_a_field_shows_is_read_again(minor: int, currency: str, language: str) -> None:
    amount = Money(minor, currency)
    assert read_amount(typed_amount(amount, language), currency, language) == amount


@given(
    st.integers(1, LARGEST_MINOR),
    st.sampled_from(CURRENCIES),
    st.sampled_from(LANGUAGES),
    st.sampled_from(MARKETS),
    st.sampled_from(LANGUAGES),
    st.booleans(),
)
def test_what_pages_print_is_never_read_as_another_amount_in_any_language(
    minor: int, currency: str, language: str, market: str, reader: str, trim: bool
) -> None:
    form, amount = Format(language, market), Money(minor, currency)
    assert amount in _readings(form.money(minor, currency, trim=trim), currency, reader)
    assert amount in _readings(form.amount(minor, currency), currency, reader)


@given(
    st.integers(1, LARGEST_MINOR // 10).map(lambda tens: tens * 10),
    st.sampled_from(CURRENCIES),
    st.sampled_from(LANGUAGES),
    st.sampled_from(MARKETS),
    st.sampled_from(LANGUAGES),
)
def test_what_pages_print_has_one_reading(
    minor: int, currency: str, language: str, market: str, reader: str
) -> None:
    """Also where a dinar has three decimals, whose last one prices do not use."""
    printed = Format(language, market).money(minor, currency)
    assert _readings(printed, currency, reader) == (Money(minor, currency),)


def _readings(typed: str, currency: str, language: str) -> tuple[Money, ...]:
    try:
        return (read_amount(typed, currency, language, MOVEMENT),)
    except AmbiguousAmount as refused:
        return refused.readings


@given(st.text(max_size=30), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_reader(typed: str, currency: str, language: str) -> None:
    with suppress(UnreadableAmount):
        first, *others = _readings(typed, currency, language)
        assert [other.amount_minor for other in others] in ([], [1000 * first.amount_minor])


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(CURRENCIES))
def test_machines_write_a_point_and_all_decimals(minor: int, currency: str) -> None:
    written = f"{Money(minor, currency).decimal:.{exponent(currency)}f}"
    assert read_amount(written, currency, "en", MOVEMENT).amount_minor == minor
