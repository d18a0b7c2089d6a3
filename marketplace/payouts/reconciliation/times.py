"""How long things may take before a comparison calls them a difference, as dated rules.

They stand in ``data/reconciliation_times.csv``: ``heard_after`` (an event that old should have been
heard), ``cash_remitted_after`` (a carrier should have handed the cash over),
``shop_looked_back`` and ``provider_looked_back`` (of how long ago the shop's orders and the
provider's movements are compared), ``bank_books_near`` (how far apart the bank and we may book one
payment). A programme's own row goes before the general one.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, holds_on, read_rules, span_of

TIMES_FILE = Path(__file__).parent.parent / "data" / "reconciliation_times.csv"
NAMES = frozenset(
    {
        "heard_after",
        "cash_remitted_after",
        "shop_looked_back",
        "provider_looked_back",
        "bank_books_near",
    }
)


class ComparedAfter(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    programme: str
    name: str
    time: timedelta
    source: str


def time_for(name: str, *, on: date, programme: str = "") -> timedelta:
    """How long one of them is on a day for a programme (its slug), or for a whole deployment."""
    fitting = [
        rule
        for rule in known_times()
        if rule.name == name
        and rule.programme in {"", programme}
        and holds_on(on, rule.valid_from, rule.valid_to)
    ]
    return max(fitting, key=lambda rule: (bool(rule.programme), rule.valid_from)).time


@cache
def known_times() -> tuple[ComparedAfter, ...]:
    """The rules of the file; raises ValueError, with the line, for a row that is none."""
    return read_rules(TIMES_FILE, rule_of)


def rule_of(row: Row) -> ComparedAfter:
    """A row as a rule; raises ValueError for an unknown name, no time or no source."""
    valid_from, valid_to = span_of(row)
    hours = int(row["hours"])
    if row["name"] not in NAMES or hours < 1 or not row["source"].strip():
        raise ValueError("the name, the hours or the source are missing or wrong")
    return ComparedAfter(
        valid_from, valid_to, row["programme"], row["name"], timedelta(hours=hours), row["source"]
    )
