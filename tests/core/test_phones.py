"""Telephone numbers as people type them, in the countries of the markets and beyond."""

import phonenumbers
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.phones import BadPhoneNumber, example_of, read_phone, shown_phone

COUNTRIES = ("MA", "EG", "TN", "SN", "JO", "FR", "ES", "BE", "DE", "IT", "NL")


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("21 612 345", "TN", "+21621612345"),  # begins with the country's own prefix
        ("+216 21 612 345", "TN", "+21621612345"),
        ("٢١ ٦١٢ ٣٤٥", "TN", "+21621612345"),
        ("06 61 22 33 44", "MA", "+212661223344"),
        ("6 61 22 33 44", "MA", "+212661223344"),
        ("٠٦٦١٢٢٣٣٤٤", "MA", "+212661223344"),
        ("00212661223344", "FR", "+212661223344"),
        ("00 33 6 12 34 56 78", "MA", "+33612345678"),
        ("+33 6 12 34 56 78", "MA", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "MA", "+33612345678"),
        ("+34 612 34 56 78", "TN", "+34612345678"),
        ("77 123 45 67", "SN", "+221771234567"),
        ("010 0123 4567", "EG", "+201001234567"),
        ("07 9012 3456", "JO", "+962790123456"),
        ("05 22 22 22 22", "MA", "+212522222222"),  # a line in a house
        ("\u202a+212 661-223344\u202c", "TN", "+212661223344"),  # copied from a chat
        ("  ", "MA", ""),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, country: str, kept: str) -> None:
    assert read_phone(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("06 61 22 33 4", "MA"), ("06 61 22 33 444", "MA"), ("123", "MA"), ("abc", "MA"),
        ("21 612 34", "TN"), ("11 612 345", "TN"), ("+216 1", "MA"), ("+999 123 456 789", "MA"),
        ("0" * 39, "MA"), ("9" * 5000, "MA"), ("+", "MA"), ("06 61 22 33 44", ""),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str, country: str) -> None:
    with pytest.raises(BadPhoneNumber):
        read_phone(typed, country)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("country", COUNTRIES)
def test_the_example_of_a_refusal_is_a_number_of_the_country(country: str, language: str) -> None:
    with translation.override(language), pytest.raises(BadPhoneNumber) as refused:
        read_phone("12", country)
    with translation.override(language):
        told = str(refused.value)
    unbroken = example_of(country).replace(" ", "\u00a0")
    assert (unbroken if language == "ar" else example_of(country)) in told
    assert read_phone(example_of(country), country).startswith("+")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("06 61 22 33 4", "One digit is missing"),
        ("06 61 22 33 444", "One digit too many"),
        ("06 61", "not a valid phone number"),
    ],
)
def test_a_digit_more_or_less_is_told(typed: str, told: str) -> None:
    with pytest.raises(BadPhoneNumber) as refused:
        read_phone(typed, "MA")
    assert told in str(refused.value)


def test_a_number_is_shown_as_its_reader_dials_it() -> None:
    assert shown_phone("+212661223344", "MA") == "06 61 22 33 44"
    assert shown_phone("+212661223344", "FR") == "+212 6 61 22 33 44"
    assert shown_phone("+21621612345", "TN") == "21 612 345"
    assert shown_phone("+21621612345") == "+216 21 612 345"
    assert shown_phone("call the shop", "MA") == "call the shop"
    assert shown_phone("", "MA") == ""


@given(
    country=st.sampled_from(COUNTRIES),
    home=st.sampled_from(COUNTRIES),
    tail=st.integers(min_value=0, max_value=9_999),
)
def test_what_is_shown_is_read_back_as_the_same_number(country: str, home: str, tail: int) -> None:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    assert example.national_number is not None
    number = phonenumbers.PhoneNumber(
        example.country_code, example.national_number // 10_000 * 10_000 + tail
    )
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(number):
        return

    assert read_phone(shown_phone(kept, home), home) == kept
    assert read_phone(kept, home) == kept
