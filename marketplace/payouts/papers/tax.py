"""The VAT on the commission, by country of the payer: dated data."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, holds_on, read_rules, span_of

RATES_FILE = Path(__file__).parent.parent / "data" / "normal_vat.csv"


class Rate(NamedTuple):
    """One dated rate in basis points."""

    valid_from: date
    valid_to: date | None
    country: str
    rate_bp: int
    source: str


def commission_vat_bp(country: str, on: date) -> int | None:
    """The rate on a day in basis points (2000 = 20 %), or None where none is known."""
    found = [
        rule
        for rule in _rates()
        if rule.country == country and holds_on(on, rule.valid_from, rule.valid_to)
    ]
    return max(found).rate_bp if found else None


@cache
def _rates() -> tuple[Rate, ...]:
    return read_rules(RATES_FILE, _rate)


def _rate(row: Row) -> Rate:
    return Rate(*span_of(row), row["country"], int(row["rate_bp"]), row["source"])
