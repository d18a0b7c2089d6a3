"""Telephone numbers: read as people type them, kept in E.164, shown as their reader dials them.

The rules of each country's numbers are those of Google's libphonenumber, which Saleor uses too.
"""

import unicodedata
from collections.abc import Collection

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from marketplace.core.directions import as_code
from marketplace.core.errors import TwizaError

# No number is longer as it is typed, with prefix, brackets and an extension.
LONGEST = 40
_TAKE_TEXTS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class BadPhoneNumber(TwizaError):
    """No telephone number of any country; says what is wrong, with an example of the country."""

    code = "bad_phone"
    message = _("This is not a valid phone number. Example: %(example)s")

    def __init__(self, country: str) -> None:
        super().__init__(example=as_code(example_of(country)))


class DigitMissing(BadPhoneNumber):
    """With one digit more it would be a number."""

    message = _("One digit is missing. Example: %(example)s")


class DigitTooMany(BadPhoneNumber):
    """Without its last digit it would be a number."""

    message = _("One digit too many. Example: %(example)s")


def read_phone(typed: str, country: str) -> str:
    """A number as E.164 (``+21221612345``); empty for nothing.

    Without an international prefix it is one of ``country`` (ISO 3166); digits of any script.
    Raises BadPhoneNumber.
    """
    text = "".join(sign for sign in typed if unicodedata.category(sign) != "Cf").strip()
    if not text:
        return ""
    number = _parsed(text, country)
    if number is None or not phonenumbers.is_valid_number(number):
        raise _what_is_wrong(number)(country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown_phone(number: str, home: str = "") -> str:
    """A kept number for a reader in ``home``: national in that country, else international.

    What is no number (kept before numbers were checked) is returned as it is.
    """
    parsed = _parsed(number, home)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return number
    is_at_home = phonenumbers.region_code_for_number(parsed) == home
    form = PhoneNumberFormat.NATIONAL if is_at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def is_mobile_of(number: str, countries: Collection[str]) -> bool:
    """Whether a kept number can take text messages, in one of the countries."""
    parsed = _parsed(number, "")
    return (
        parsed is not None
        and phonenumbers.region_code_for_number(parsed) in countries
        and phonenumbers.number_type(parsed) in _TAKE_TEXTS
    )


def example_of(country: str) -> str:
    """A mobile number of a country as its people write it; one of Morocco where none is known."""
    found = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    number = found or phonenumbers.example_number_for_type("MA", PhoneNumberType.MOBILE)
    assert number is not None
    form = PhoneNumberFormat.NATIONAL if found else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _parsed(text: str, country: str) -> PhoneNumber | None:
    if len(text) > LONGEST:
        return None
    try:
        return phonenumbers.parse(text, country or None)
    except NumberParseException:
        return None


def _what_is_wrong(number: PhoneNumber | None) -> type[BadPhoneNumber]:
    if number is None or number.national_number is None:
        return BadPhoneNumber
    country, digits = number.country_code, number.national_number
    if any(_is_valid(country, digits * 10 + last) for last in range(10)):
        return DigitMissing
    return DigitTooMany if _is_valid(country, digits // 10) else BadPhoneNumber


def _is_valid(country: int | None, digits: int) -> bool:
    return phonenumbers.is_valid_number(PhoneNumber(country, digits))
