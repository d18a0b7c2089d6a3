"""Bank account numbers: validation, the bank of a number, conversion to an IBAN.

Each country's format is in ``data/bank_account_formats.csv``, dated and sourced. Where a country
has domestic numbers (RIB), the modulo 97 key is checked here, because IBAN libraries do not.
Countries that are not listed are validated by the general form of an IBAN.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import holds_on, read_rules, span_of
from marketplace.core.formats import western_digits
from vendors.errors import BicMissing, InvalidBankNumber, InvalidBic

_BANKS = Path(__file__).parent / "data" / "ma_bank_codes.csv"
_FORMATS = Path(__file__).parent / "data" / "bank_account_formats.csv"
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


class AccountFormat(NamedTuple):
    """A country's format of account numbers, for a period."""

    valid_from: date
    valid_to: date | None
    country: str
    local_digits: int
    has_key: bool
    iban: re.Pattern[str]
    needs_bic: bool
    source: str


@dataclass(frozen=True)
class BankNumber:
    """A validated number. ``local`` is the RIB where a country has one."""

    country: str
    local: str
    iban: str

    @property
    def last_digits(self) -> str:
        return self.iban[-4:]

    @property
    def bank(self) -> str:
        """The bank's name, for Morocco; empty when unknown."""
        return _bank_name(self.local[:3]) if self.country == "MA" else ""


def parse_bank_number(country: str, text: str) -> BankNumber:
    """Parse a number as typed; spaces, dashes and Arabic digits are accepted.

    Takes a RIB or an IBAN where a country has RIBs, an IBAN in other countries. Raises
    InvalidBankNumber.
    """
    number = re.sub(r"[\s\-.\u200e\u200f]", "", western_digits(text)).upper()
    form = format_of(country)
    if form is not None and form.local_digits and number.isascii() and number.isdecimal():
        if len(number) != form.local_digits or int(number) % 97:
            raise InvalidBankNumber
        return BankNumber(country, number, f"{country}{_check_digits(country, number)}{number}")
    pattern = form.iban if form else _IBAN
    if not number.startswith(country) or not pattern.fullmatch(number) or _remainder(number) != 1:
        raise InvalidBankNumber
    local = number[4:]
    if form is not None and form.has_key and int(local) % 97:
        raise InvalidBankNumber
    return BankNumber(country, local, number)


def parse_bic(country: str, text: str) -> str:
    """Parse a BIC as typed, of the account's country; empty where a country needs none.

    Raises InvalidBic, and BicMissing where transfers need one.
    """
    bic = re.sub(r"\s", "", text).upper()
    if not bic:
        form = format_of(country)
        if form is not None and form.needs_bic:
            raise BicMissing
        return ""
    if not _BIC.fullmatch(bic) or bic[4:6] != country:
        raise InvalidBic
    return bic


def format_of(country: str, on: date | None = None) -> AccountFormat | None:
    """The country's format on a day (today by default); None if it is not known."""
    day = on or timezone.now().date()
    return next(
        (
            form
            for form in known_formats()
            if form.country == country and holds_on(day, form.valid_from, form.valid_to)
        ),
        None,
    )


@cache
def known_formats() -> tuple[AccountFormat, ...]:
    """The formats of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(_FORMATS, _account_format)


def _account_format(row: dict[str, str]) -> AccountFormat:
    valid_from, valid_to = span_of(row)
    return AccountFormat(
        valid_from,
        valid_to,
        row["country"],
        int(row["local_digits"] or 0),
        row["key_97"] == "yes",
        re.compile(row["iban"]),
        row["needs_bic"] == "yes",
        row["source"],
    )


def _check_digits(country: str, local: str) -> str:
    return f"{98 - _remainder(f'{country}00{local}'):02d}"


def _remainder(iban: str) -> int:
    """ISO 7064 MOD 97-10 of an IBAN; 1 when it is valid."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97


def _bank_name(code: str) -> str:
    return next((name for first, last, name in _banks() if first <= code <= last), "")


@cache
def _banks() -> list[tuple[str, str, str]]:
    with _BANKS.open(encoding="utf-8", newline="") as file:
        return [(row["first"], row["last"], row["bank"]) for row in csv.DictReader(file)]
