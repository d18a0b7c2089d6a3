"""CSV profiles of banks, and a generic one: ``data/bank_csv_profiles/<bank>.toml``.

``generic.toml`` documents the format. The profile is chosen by the programme's own account: the
bank code in its RIB, or its BIC.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marketplace.core.money import Money, exponent
from marketplace.payouts.bank_files.names import bank_name
from marketplace.payouts.bank_files.numbers import country_of, local_number
from marketplace.payouts.models import PayoutLine, PayoutRun

FOLDER = Path(__file__).parent.parent / "data" / "bank_csv_profiles"
GENERIC = "generic"
# A Moroccan account (RIB): 24 digits, the first three of them the bank.
RIB_LENGTH, BANK_CODE_LENGTH = 24, 3


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its field or fixed text."""

    heading: str
    field: str
    text: str = ""


@dataclass(frozen=True)
class Profile:
    """A bank's CSV format: columns in their order and formats of values."""

    name: str
    banks: tuple[str, ...]
    delimiter: str
    encoding: str
    decimal: str
    date: str
    headings: bool
    columns: tuple[Column, ...]

    def row(self, run: PayoutRun, line: PayoutLine) -> list[str]:
        """The cells of a payout line."""
        return [
            column.text if column.field == "fixed" else FIELDS[column.field](self, run, line)
            for column in self.columns
        ]


def _amount(profile: Profile, run: PayoutRun, line: PayoutLine) -> str:
    plain = f"{Money(line.amount_minor, run.currency).decimal:.{exponent(run.currency)}f}"
    return plain.replace(".", profile.decimal)


def _number(account: str, country: str = "") -> str:
    """An account as its country's banks write it; the country as read from it, if not given."""
    return local_number(country or country_of(account), account)


FIELDS: dict[str, Callable[[Profile, PayoutRun, PayoutLine], str]] = {
    "end_to_end_id": lambda _profile, _run, line: line.end_to_end_id,
    "beneficiary": lambda _profile, _run, line: bank_name(line.holder_name),
    "account": lambda _profile, _run, line: _number(line.account_number, line.account_country),
    "iban": lambda _profile, _run, line: line.account_number,
    "bic": lambda _profile, _run, line: line.account_bic,
    "amount": _amount,
    "currency": lambda _profile, run, _line: run.currency,
    "execution_date": lambda profile, run, _line: run.execution_on.strftime(profile.date),
    "reference": lambda _profile, run, _line: run.reference,
    "position": lambda _profile, _run, line: str(line.position),
}


@cache
def profiles(folder: Path = FOLDER) -> dict[str, Profile]:
    """Every profile by name; raises ValueError with the name of an invalid file."""
    return {path.stem: read_profile(path) for path in sorted(folder.glob("*.toml"))}


def profile_for(run: PayoutRun, known: dict[str, Profile] | None = None) -> Profile:
    """The profile of the programme's own bank, or the generic one."""
    found = profiles() if known is None else known
    account, bic = run.programme.debtor_account, run.programme.debtor_bic
    own = {bic[:6]} - {""}
    number = _number(account)
    if len(number) == RIB_LENGTH and number.isdecimal():
        own.add(number[:BANK_CODE_LENGTH])
    return next((p for p in found.values() if own & set(p.banks)), found[GENERIC])


def read_profile(path: Path) -> Profile:
    """Read one profile; raises ValueError for an unknown field or a missing key."""
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        columns = tuple(Column(**column) for column in settings["columns"])
        for column in columns:
            if column.field != "fixed":
                FIELDS[column.field]
        return Profile(
            settings["name"],
            tuple(settings["banks"]),
            settings["delimiter"],
            settings["encoding"],
            settings["decimal"],
            settings["date"],
            settings["headings"],
            columns,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
