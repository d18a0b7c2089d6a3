"""Account numbers: is it typed right, whose bank is it, how is it written as an IBAN.

Formats: MA 24-digit RIB, TN 20-digit RIB (both with a key modulo 97); EG, JO and others by IBAN.
Morocco and Senegal are not in SWIFT's IBAN registry, their numbers follow the same arithmetic.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marketplace.core.formats import western_digits
from vendors.errors import InvalidBankNumber

_BANKS = Path(__file__).parent / "data" / "ma_bank_codes.csv"
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_RIB_LENGTH = {"MA": 24, "TN": 20}
_IBAN_FORM = {
    "MA": re.compile(r"MA64[0-9]{24}"),
    "TN": re.compile(r"TN59[0-9]{20}"),
    "EG": re.compile(r"EG[0-9]{27}"),
    "JO": re.compile(r"JO[0-9]{2}[A-Z]{4}[0-9]{4}[A-Z0-9]{18}"),
    "SN": re.compile(r"SN[0-9]{2}[A-Z0-9]{24}"),
}


@dataclass(frozen=True)
class BankNumber:
    """A number that passed its controls. ``local`` is the RIB where a country has one."""

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
    """Read what a person typed: spaces, dashes and Arabic digits are welcome.

    Takes a RIB or an IBAN for MA and TN, an IBAN elsewhere. Raises InvalidBankNumber.
    """
    number = re.sub(r"[\s\-.\u200e\u200f]", "", western_digits(text)).upper()
    length = _RIB_LENGTH.get(country)
    if length and number.isdecimal():
        if len(number) != length or int(number) % 97:
            raise InvalidBankNumber
        return BankNumber(country, number, f"{country}{_check_digits(country, number)}{number}")
    form = _IBAN_FORM.get(country, _IBAN)
    if not number.startswith(country) or not form.fullmatch(number) or _remainder(number) != 1:
        raise InvalidBankNumber
    local = number[4:]
    if length and int(local) % 97:
        raise InvalidBankNumber
    return BankNumber(country, local, number)


def _check_digits(country: str, local: str) -> str:
    return f"{98 - _remainder(f'{country}00{local}'):02d}"


def _remainder(iban: str) -> int:
    """ISO 7064 MOD 97-10 of an IBAN: 1 when it is right."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97


def _bank_name(code: str) -> str:
    return next((name for first, last, name in _banks() if first <= code <= last), "")


@cache
def _banks() -> list[tuple[str, str, str]]:
    with _BANKS.open(encoding="utf-8", newline="") as file:
        return [(row["first"], row["last"], row["bank"]) for row in csv.DictReader(file)]
