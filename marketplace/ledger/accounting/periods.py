"""Closing a period: nothing is booked into it any more, and its movements get their numbers.

What is heard later of a closed period is booked on the first open day, and keeps its own date
in ``occurred_at``. A closing is never taken back: corrections are new movements.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.accounting.journals import journal_of
from marketplace.ledger.accounting.numbering import take_numbers
from marketplace.ledger.chart import Cause
from marketplace.ledger.checks import Finding
from marketplace.ledger.errors import BooksWrong, PeriodNotOver, PeriodOutOfOrder
from marketplace.ledger.models import Book, EntryNumber, PeriodClosing
from marketplace.ledger.permissions import finance_person
from marketplace.ledger.posting import book_of, booked_on
from vendors.models import Programme
from vendors.permissions import StaffPermission

_DEBITS = """
SELECT e.currency, sum(e.amount_minor)::bigint FROM ledger_entry e
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE t.book_id = %s AND t.booked_on > %s AND t.booked_on <= %s AND e.amount_minor > 0
GROUP BY e.currency ORDER BY e.currency
"""
_UNNUMBERED = """
SELECT t.id, t.cause, t.booked_on FROM ledger_ledgertransaction t
WHERE t.book_id = %s AND t.booked_on > %s AND t.booked_on <= %s ORDER BY t.booked_on, t.id
"""
BEGINNING = date(1970, 1, 1)


@dataclass(frozen=True)
class OpenPeriod:
    """The oldest month that is not closed; ``may_close`` once it is over."""

    first_on: date
    last_on: date
    may_close: bool


def closed_until(book: Book) -> date | None:
    """The last day on which nothing may be booked any more."""
    found = PeriodClosing.objects.filter(book=book).order_by("-last_on").first()
    return found.last_on if found else None


def open_period(book: Book) -> OpenPeriod | None:
    """The month to close next; None for a book without movements."""
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


@transaction.atomic
def close_period(
    *,
    programme: Programme,
    last_on: date,
    find_problems: Callable[[], Iterable[Finding]],
    by: Actor,
) -> PeriodClosing:
    """Close everything up to a day that is over, for good, and number its transactions.

    ``find_problems`` runs once no posting to the book is under way. Raises PeriodNotOver,
    PeriodOutOfOrder (a later day is closed already), BooksWrong (it found something), Forbidden.
    """
    user = finance_person(by, programme, StaffPermission.BOOKS_KEEP)
    book = book_of(programme.pk)
    with connection.cursor() as cursor:
        # Whoever is booking holds this lock shared until the end of its transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_book_lock(%s))", [book.pk])
    before = closed_until(book)
    if last_on >= booked_on(book, timezone.now()):
        raise PeriodNotOver
    if before is not None and last_on <= before:
        raise PeriodOutOfOrder
    if any(find_problems()):
        raise BooksWrong
    since = before or BEGINNING
    with connection.cursor() as cursor:
        cursor.execute(_DEBITS, [book.pk, since, last_on])
        debits = dict(cursor.fetchall())
        cursor.execute(_UNNUMBERED, [book.pk, since, last_on])
        rows = cursor.fetchall()
    closing = PeriodClosing.objects.create(
        book=book,
        last_on=last_on,
        transaction_count=len(rows),
        debit_by_currency=debits,
        closed_by=user,
    )
    _number(book, closing, rows)
    audit.record("books.close", closing, by=by, last_on=str(last_on), transactions=len(rows))
    return closing


def _number(book: Book, closing: PeriodClosing, rows: Iterable[tuple[int, str, date]]) -> None:
    """Numbers by journal and year, in the order of the days and of the postings in a day."""
    by_series: dict[tuple[str, int], list[int]] = {}
    for pk, cause, day in rows:
        by_series.setdefault((journal_of(Cause(cause)).code, day.year), []).append(pk)
    numbered = []
    for (journal, year), ids in sorted(by_series.items()):
        numbers = take_numbers(book, f"journal-{journal}", year, len(ids))
        numbered += [
            EntryNumber(
                transaction_id=pk,
                book=book,
                journal=journal,
                year=year,
                number=number,
                closing=closing,
            )
            for pk, number in zip(ids, numbers, strict=True)
        ]
    EntryNumber.objects.bulk_create(numbered, batch_size=5_000)


def _end_of_month(day: date) -> date:
    following = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)
    return following - timedelta(days=1)
