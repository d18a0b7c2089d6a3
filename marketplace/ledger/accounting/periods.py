"""Accounting periods of a book: what is closed, and what is to be closed next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from marketplace.ledger.models import Book, PeriodClosing
from marketplace.ledger.post import booked_on

BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True)
class OpenPeriod:
    """The oldest open month; ``may_close`` once it is over."""

    first_on: date
    last_on: date
    may_close: bool


def closed_until(book: Book) -> date | None:
    """The last closed day; None before the first closing."""
    found = PeriodClosing.objects.filter(book=book).order_by("-last_on").first()
    return found.last_on if found else None


def open_period(book: Book) -> OpenPeriod | None:
    """The month to close next; None for a book without transactions."""
    first = closed_until(book)
    if first is not None:
        first += timedelta(days=1)
    else:
        oldest = book.transactions.order_by("booked_on").first()
        if oldest is None:
            return None
        first = oldest.booked_on.replace(day=1)
    last = _end_of_month(first)
    return OpenPeriod(first, last, last < booked_on(book, timezone.now()))


def open_months(book: Book) -> list[OpenPeriod]:
    """All open months that are over, the oldest first."""
    found, period = [], open_period(book)
    today = booked_on(book, timezone.now())
    while period is not None and period.may_close:
        found.append(period)
        first = period.last_on + timedelta(days=1)
        last = _end_of_month(first)
        period = OpenPeriod(first, last, last < today)
    return found


def _end_of_month(day: date) -> date:
    following = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
    return following - timedelta(days=1)
