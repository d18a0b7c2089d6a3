"""Numbers without gaps: one series for each book, kind and year.

The series' row stays locked until the transaction ends: who gives a number back by failing leaves
no gap, and two at once wait for each other.
"""

from django.db import connection

from marketplace.ledger.models import Book

_TAKE = """
INSERT INTO ledger_numberseries AS s (book_id, series, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (book_id, series, year) DO UPDATE SET last = s.last + excluded.last RETURNING last
"""


class NumberOutsideTransaction(RuntimeError):
    """A number taken on its own would be lost if what it is for fails."""


def take_numbers(book: Book, series: str, year: int, count: int = 1) -> range:
    """The next numbers of a series, the first is 1; call it in the transaction that uses them."""
    if not connection.in_atomic_block:
        raise NumberOutsideTransaction(series)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [book.pk, series, year, count])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
