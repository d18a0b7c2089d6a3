"""How single banks want their list of transfers: a file of a mapping for each, one generic.

A mapping stands in ``data/bank_csv_profiles/<bank>.toml``; ``generic.toml`` says how to write one.
It is chosen by the programme's own account: the bank's code in its RIB, or its BIC.
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


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what stands in it."""

    heading: str
    field: str
    text: str = ""


@dataclass(frozen=True)
class Profile:
    """A bank's list: columns in their order and how values are written."""

    name: str
    banks: tuple[str, ...]
    delimiter: str
    encoding: str
    decimal: str
    date: str
    headings: bool
    columns: tuple[Column, ...]

    def row(self, run: PayoutRun, line: PayoutLine) -> list[str]:
        """A line as the bank reads it."""
        return [
            column.text if column.field == "fixed" else FIELDS[column.field](self, run, line)
            for column in self.columns
        ]


def _amount(profile: Profile, run: PayoutRun, line: PayoutLine) -> str:
    plain = f"{Money(line.amount_minor, run.currency).decimal:.{exponent(run.currency)}f}"
    return plain.replace(".", profile.decimal)


FIELDS: dict[str, Callable[[Profile, PayoutRun, PayoutLine], str]] = {
    "end_to_end_id": lambda _profile, _run, line: line.end_to_end_id,
    "beneficiary": lambda _profile, _run, line: bank_name(line.holder_name),
    "account": lambda _profile, _run, line: local_number(line.account_country, line.account_number),
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
    """Every mapping by its name; raises ValueError, with the file, for one that is none."""
    return {path.stem: read_profile(path) for path in sorted(folder.glob("*.toml"))}


def profile_for(run: PayoutRun, known: dict[str, Profile] | None = None) -> Profile:
    """The mapping of the bank from which the programme pays, or the generic one."""
    found = profiles() if known is None else known
    account, bic = run.programme.debtor_account, run.programme.debtor_bic
    own = {bic[:6]} - {""}
    if country_of(account) == "MA":
        own.add(local_number("MA", account)[:3])
    return next((p for p in found.values() if own & set(p.banks)), found[GENERIC])


def read_profile(path: Path) -> Profile:
    """Read one mapping; raises ValueError for an unknown field or a missing answer."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        columns = tuple(Column(**column) for column in told["columns"])
        for column in columns:
            if column.field != "fixed":
                FIELDS[column.field]
        return Profile(
            told["name"],
            tuple(told["banks"]),
            told["delimiter"],
            told["encoding"],
            told["decimal"],
            told["date"],
            told["headings"],
            columns,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
