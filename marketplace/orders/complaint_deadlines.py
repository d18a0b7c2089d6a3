"""How long each step of a complaint may take: dated data by the buyer's country.

``data/complaint_deadlines.csv``: a row holds from ``valid_from`` until the day before ``valid_to``
(empty: until further notice); a country's row goes before the general one. ``ask`` counts from the
delivery, ``reply`` from the request, ``choose`` from the cooperative's reply, ``send_back`` and
``carry_out`` from the agreement, ``decide`` from the request to the mediator. Changing one's mind
has periods of its own (``return_periods``).
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of
from marketplace.core.days import day_of
from marketplace.orders.models import ComplaintReason, Order
from marketplace.orders.return_periods import return_period

DEADLINES_FILE = Path(__file__).parent / "data" / "complaint_deadlines.csv"
ASK, REPLY, CHOOSE = "ask", "reply", "choose"
SEND_BACK, CARRY_OUT, DECIDE = "send_back", "carry_out", "decide"
_STEPS = {ASK, REPLY, CHOOSE, SEND_BACK, CARRY_OUT, DECIDE}
_SATURDAY = 5


class Deadline(NamedTuple):
    """A rule: so many calendar days for a step."""

    valid_from: date
    valid_to: date | None
    country: str
    step: str
    days: int
    source: str


@cache
def known_deadlines() -> tuple[Deadline, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(DEADLINES_FILE, _deadline)


def days_for(step: str, country: str, on: date) -> int:
    """How many days a step has for a buyer of a country; raises LookupError without a rule."""
    fitting = (r for r in known_deadlines() if r.step == step and r.country in {"", country})
    return needed_rule_on(fitting, on, is_own=lambda rule: bool(rule.country)).days


def last_day(step: str, order: Order, now: datetime) -> date:
    """The last day of a step that begins now, by the clock of the order's market."""
    today = day_of(now, order.zone)
    return today + timedelta(days=days_for(step, order.country_code, today))


def last_day_to_ask(reason: str, order: Order, delivered_at: datetime) -> date:
    """Until when a buyer may complain of what arrived then, by reason."""
    arrived = day_of(delivered_at, order.zone)
    if reason != ComplaintReason.CHANGED_MIND:
        return arrived + timedelta(days=days_for(ASK, order.country_code, arrived))
    period = return_period(order.country_code, day_of(order.placed_at, order.zone))
    if period.in_working_days:
        return _after_working_days(arrived, period.days)
    return arrived + timedelta(days=period.days)


def _after_working_days(day: date, count: int) -> date:
    """Saturdays and Sundays do not count; public holidays are not known and do."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _deadline(row: Row) -> Deadline:
    (valid_from, valid_to), days = span_of(row), int(row["days"])
    if days < 1 or row["step"] not in _STEPS or not row["source"].strip():
        raise ValueError("the days, the step or the source is missing or wrong")
    return Deadline(valid_from, valid_to, row["country"], row["step"], days, row["source"])
