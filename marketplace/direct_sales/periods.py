"""A month or a quarter, and the one before it, as far as it has gone."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True)
class Span:
    """The days of a period that have been, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """A period, the same days of the one before, and whether it goes on."""

    now: Span
    before: Span
    is_over: bool


def period_of(kind: str, today: date, back: int = 0) -> Period:
    """The month or quarter of today, or one so many before it.

    One that goes on is compared with the same number of days of the one before.
    """
    months = MONTHS[kind]
    begin = _months_later(today.replace(day=1), -((today.month - 1) % months) - back * months)
    end = _months_later(begin, months) - timedelta(days=1)
    earlier = _months_later(begin, -months)
    is_over = end < today
    last, last_before = end, begin - timedelta(days=1)
    if not is_over:
        last = today
        last_before = min(earlier + (today - begin), last_before)
    return Period(Span(begin, last), Span(earlier, last_before), is_over)


def _months_later(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
