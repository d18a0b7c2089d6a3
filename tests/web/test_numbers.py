"""Numbers as people type them, and what is none."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.web.numbers import (
    LARGEST,
    DecimalNumberField,
    WholeNumberField,
    whole_number,
)

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def ascii_start(text: str) -> str:
    return ascii(text)[:12]


NO_NUMBERS = ["NaN", "1e9", "1.5", "-1", "²", "½", "9" * 10, "9" * 4400, "\x00", "0x1", "1_0", "一"]


@given(st.integers(0, 999_999_999), st.sampled_from([{}, ARABIC, PERSIAN]))
def test_every_count_is_read_in_either_digits(number: int, digits: dict[int, str]) -> None:
    assert whole_number(f" {str(number).translate(digits)}\u200f") == number


@given(st.text())
def test_whatever_else_is_typed_is_a_number_or_none(text: str) -> None:
    found = whole_number(text)
    assert found is None or 0 <= found < 10**9
    for field in (WholeNumberField(required=False), DecimalNumberField(required=False)):
        try:
            value = field.clean(text)
        except forms.ValidationError:
            continue
        assert value is None or -LARGEST * 10**10 <= value <= LARGEST * 10**10


@pytest.mark.parametrize("text", NO_NUMBERS, ids=ascii_start)
def test_what_is_no_count_is_none(text: str) -> None:
    assert whole_number(text) is None
    if text not in {"-1", "9" * 10}:  # too small or too large for a page, not unreadable
        with pytest.raises(forms.ValidationError, match="Enter a whole number"):
            WholeNumberField().clean(text)


def test_a_field_refuses_what_the_database_cannot_hold() -> None:
    with pytest.raises(forms.ValidationError, match="At most"):
        WholeNumberField().clean("9" * 10)
    assert WholeNumberField(min_value=0).clean("٢٥") == 25


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize(
    ("text", "number"),
    [("1 000", 1000), ("1\u202f000", 1000), ("1.000", 1000), ("1,000", 1000), ("١٬٠٠٠", 1000),
     ("10.0", 10), ("2,00", 2), ("1.234.567", 1234567)],
)  # fmt: skip
def test_a_count_is_grouped_as_amounts_are(text: str, number: int, language: str) -> None:
    with translation.override(language):
        assert WholeNumberField().clean(text) == number


@pytest.mark.parametrize("text", ["12.5", "12,5", "١٢٫٥", "12.50", " 12,5 "])
def test_decimals_are_read_with_every_sign(text: str) -> None:
    assert DecimalNumberField(max_digits=5, decimal_places=2).clean(text) == Decimal("12.5")


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "1e2", "1E-2", "1.2.3", "9" * 4400, "²"], ids=ascii_start
)
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="Enter a number"):
        DecimalNumberField(max_digits=5, decimal_places=2).clean(text)
