"""Until when a buyer may take what is offered instead: dated data by the buyer's country.

``data/substitute_deadlines.csv``: a row holds from ``valid_from`` until the day before ``valid_to``
(empty: until further notice); a country's row goes before the general one. ``days`` count from the
day of the offer, by the clock of the order's market; the last day counts whole.
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of
from marketplace.core.days import day_of
from marketplace.orders.models import Order

DEADLINES_FILE = Path(__file__).parent / "data" / "substitute_deadlines.csv"


class SubstituteDeadline(NamedTuple):
    """A rule: so many calendar days."""

    valid_from: date
    valid_to: date | None
    country: str
    days: int
    source: str


@cache
def known_deadlines() -> tuple[SubstituteDeadline, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(DEADLINES_FILE, _deadline)


def last_day_to_take(order: Order, now: datetime) -> date:
    """The last day of an offer that is made now; raises LookupError without a rule."""
    today = day_of(now, order.zone)
    fitting = (r for r in known_deadlines() if r.country in {"", order.country_code})
    rule = needed_rule_on(fitting, today, is_own=lambda found: bool(found.country))
    return today + timedelta(days=rule.days)


def _deadline(row: Row) -> SubstituteDeadline:
    (valid_from, valid_to), days = span_of(row), int(row["days"])
    if days < 1 or not row["source"].strip():
        raise ValueError("the days or the source is missing or wrong")
    return SubstituteDeadline(valid_from, valid_to, row["country"], days, row["source"])
