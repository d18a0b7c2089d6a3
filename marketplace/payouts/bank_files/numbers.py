"""Account numbers in the form of the receiving bank's country."""

from vendors.bank_numbers import parse_bank_number
from vendors.errors import InvalidBankNumber

# Countries whose banks use a domestic number. Morocco is not in SWIFT's IBAN registry.
_DOMESTIC = frozenset({"MA"})


def local_number(country: str, number: str) -> str:
    """A Moroccan account as its 24-digit RIB, any other as stored (an IBAN)."""
    plain = number.replace(" ", "").upper()
    if country not in _DOMESTIC:
        return plain
    return parse_bank_number(country, plain).local


def country_of(number: str) -> str:
    """The country of an IBAN; a bare Moroccan RIB is recognized by its 24 digits."""
    plain = number.replace(" ", "").upper()
    if plain.isdecimal():
        return "MA" if len(plain) == len("011780000019210016805555") else ""
    return plain[:2]


def is_valid(country: str, number: str) -> bool:
    """Whether the number passes its country's check digits."""
    try:
        parse_bank_number(country, number)
    except InvalidBankNumber:
        return False
    return True
