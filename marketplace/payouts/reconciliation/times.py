"""Time limits of reconciliation, as dated rules in ``data/reconciliation_times.csv``.

``heard_after`` (an event that old should have been handled), ``cash_remitted_after`` (a carrier
should have remitted the cash), ``shop_looked_back`` and ``provider_looked_back`` (how far back the
engine's orders and the provider's transactions are compared), ``bank_books_near`` (how far apart
the bank and we may post one payment). A programme's own row precedes the general one.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of

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


class TimeRule(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    programme: str
    name: str
    time: timedelta
    source: str


def time_for(name: str, *, on: date, programme: str = "") -> timedelta:
    """A time limit on a day, for a programme (its slug) or for the whole deployment."""
    fitting = (
        rule for rule in known_times() if rule.name == name and rule.programme in {"", programme}
    )
    return needed_rule_on(fitting, on, is_own=lambda rule: bool(rule.programme)).time


@cache
def known_times() -> tuple[TimeRule, ...]:
    """The rules of the file; raises ValueError with the line of an invalid row."""
    return read_rules(TIMES_FILE, rule_of)


def rule_of(row: Row) -> TimeRule:
    """A row as a rule; raises ValueError for an unknown name, no time or no source."""
    valid_from, valid_to = span_of(row)
    hours = int(row["hours"])
    if row["name"] not in NAMES or hours < 1 or not row["source"].strip():
        raise ValueError("the name, the hours or the source are missing or wrong")
    return TimeRule(
        valid_from, valid_to, row["programme"], row["name"], timedelta(hours=hours), row["source"]
    )
