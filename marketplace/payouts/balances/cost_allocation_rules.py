"""Who bears what: dated rules (``data/bearing.csv``), each with its source.

``what`` is ``refund_goods`` (goods refunded to a buyer), ``dispute_lost`` (goods of a payment that
the buyer's bank kept) or ``dispute_fee``; ``programme_bp`` is the programme's share in basis
points, the rest is the cooperative's. A programme's own row goes before the general one; of equals
the youngest holds. Delivery is always the programme's: it has the contract with the carrier.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import holds_on, read_rules, span_of

BEARING_FILE = Path(__file__).parent.parent / "data" / "bearing.csv"
REFUND_GOODS, DISPUTE_LOST, DISPUTE_FEE = "refund_goods", "dispute_lost", "dispute_fee"
WHOLE_BP = 10_000


class Bearing(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    programme: str
    what: str
    programme_bp: int
    source: str


@cache
def known_bearings() -> tuple[Bearing, ...]:
    """The rules of the file."""
    return read_rules(BEARING_FILE, _bearing)


def programme_share(
    programme: str, what: str, on: date, *, known: Sequence[Bearing] | None = None
) -> int:
    """The programme's share in basis points on a day; 0, all the cooperative's, without a rule."""
    fitting = [
        rule
        for rule in (known_bearings() if known is None else known)
        if rule.what == what
        and rule.programme in {"", programme}
        and holds_on(on, rule.valid_from, rule.valid_to)
    ]
    if not fitting:
        return 0
    return max(fitting, key=lambda rule: (bool(rule.programme), rule.valid_from)).programme_bp


def _bearing(row: dict[str, str]) -> Bearing:
    valid_from, ends = span_of(row)
    share = int(row["programme_bp"])
    if row["what"] not in {REFUND_GOODS, DISPUTE_LOST, DISPUTE_FEE}:
        raise ValueError(f"unknown: {row['what']}")
    if not 0 <= share <= WHOLE_BP or not row["source"].strip():
        raise ValueError("the share or the source is missing or wrong")
    return Bearing(valid_from, ends, row["programme"], row["what"], share, row["source"])
