"""VAT on the commission: dated rates (``data/commission_vat.csv``), each with its source.

A programme's own row goes before its country's, and that before the general one; of equals the
youngest holds. Only a programme that has said that it charges VAT has a row with a rate.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import holds_on, read_rules, span_of

VAT_FILE = Path(__file__).parent / "data" / "commission_vat.csv"
WHOLE_BP = 10_000


class CommissionVat(NamedTuple):
    """One dated rate in basis points (2000 = 20 %)."""

    valid_from: date
    valid_to: date | None
    programme: str
    country: str
    rate_bp: int
    source: str


@cache
def known_rates() -> tuple[CommissionVat, ...]:
    """The rates of the file."""
    return read_rules(VAT_FILE, _rate)


def vat_on(
    programme: str, country: str, on: date, *, known: Sequence[CommissionVat] | None = None
) -> int:
    """Basis points of VAT on the commission of a programme on a day; 0 without a rule."""
    fitting = [
        rate
        for rate in (known_rates() if known is None else known)
        if rate.programme in {"", programme}
        and rate.country in {"", country}
        and holds_on(on, rate.valid_from, rate.valid_to)
    ]
    if not fitting:
        return 0
    return max(fitting, key=lambda r: (bool(r.programme), bool(r.country), r.valid_from)).rate_bp


def _rate(row: dict[str, str]) -> CommissionVat:
    valid_from, ends = span_of(row)
    rate = int(row["rate_bp"])
    if not 0 <= rate <= WHOLE_BP or not row["source"].strip():
        raise ValueError("the rate or the source is missing or wrong")
    return CommissionVat(valid_from, ends, row["programme"], row["country"], rate, row["source"])
