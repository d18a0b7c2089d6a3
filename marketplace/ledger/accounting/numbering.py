"""Numbers without gaps: one series for each book, kind and year.

The series' row is locked until the transaction ends: a rollback leaves no gap, and concurrent calls
wait.
"""

from django.db import connection

from marketplace.ledger.models import Book

_TAKE = """
INSERT INTO ledger_numberseries AS s (book_id, series, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (book_id, series, year) DO UPDATE SET last = s.last + excluded.last RETURNING last
"""


class NumberOutsideTransaction(RuntimeError):
    """A number was taken outside a transaction: a programming error, it could leave a gap."""


def take_numbers(book: Book, series: str, year: int, count: int = 1) -> range:
    """The next ``count`` numbers of a series from 1, in the transaction that uses them."""
    if not connection.in_atomic_block:
        raise NumberOutsideTransaction(series)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [book.pk, series, year, count])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
