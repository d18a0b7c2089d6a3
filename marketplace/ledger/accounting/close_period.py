"""Closes a period: nothing is posted into it any more, and its transactions get their numbers.

What arrives later about a closed period is posted on the first open day; ``occurred_at`` keeps the
date of the event. A closing is never undone: corrections are new transactions.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.accounting.journals import journal_of
from marketplace.ledger.accounting.numbering import take_numbers
from marketplace.ledger.accounting.periods import BEGINNING, closed_until
from marketplace.ledger.chart import Cause
from marketplace.ledger.checks import Finding
from marketplace.ledger.errors import BooksWrong, PeriodNotOver, PeriodOutOfOrder
from marketplace.ledger.models import Book, EntryNumber, PeriodClosing
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, booked_on
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


# long: one transaction: checks of a period, its closing and its audit entry
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
    user = require_permission(by, programme, StaffPermission.BOOKS_KEEP)
    book = book_of(programme.pk)
    with connection.cursor() as cursor:
        # Postings hold this lock shared until the end of their transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_book_lock(%s))", [book.pk])
    since = _open_since(book, last_on)
    if any(find_problems()):
        raise BooksWrong
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


def _open_since(book: Book, last_on: date) -> date:
    """The last closed day before the period; raises PeriodNotOver, PeriodOutOfOrder."""
    before = closed_until(book)
    if last_on >= booked_on(book, timezone.now()):
        raise PeriodNotOver
    if before is not None and last_on <= before:
        raise PeriodOutOfOrder
    return before or BEGINNING


def _number(book: Book, closing: PeriodClosing, rows: Iterable[tuple[int, str, date]]) -> None:
    """Number the transactions by journal and year, in the order of days and postings."""
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
