"""The trial balance in the book's currency, foreign entries at the rate of their day.

Converted as in the FEC: each side of a transaction as one sum, allocated to its entries. So debits
equal credits, and the movements are those of the exported journal.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.db import connection

from marketplace.core.money import Money
from marketplace.ledger.accounting.journal_lines import in_own_currency
from marketplace.ledger.accounting.mapping import mapping_on
from marketplace.ledger.accounting.trial import TrialLine, trial_balance
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Book

_FOREIGN = """
SELECT t.id, t.booked_on, a.code, e.currency, e.amount_minor FROM ledger_entry e
JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE t.book_id = %s AND t.booked_on <= %s AND e.currency <> %s ORDER BY t.id, e.id
"""
_CHUNK_SIZE = 2_000
# Opening, debits, credits of an account.
Sums = defaultdict[AccountCode, list[int]]


def base_trial_balance(book: Book, first_on: date, last_on: date) -> list[TrialLine]:
    """Each account over all currencies, in minor units of the book's, by number.

    Raises RateMissing.
    """
    currency = book.programme.base_currency
    sums: Sums = defaultdict(lambda: [0, 0, 0])
    for line in trial_balance(book, first_on, last_on):
        if line.currency == currency:
            amounts = (line.opening_minor, line.debit_minor, line.credit_minor)
            for place, amount in enumerate(amounts):
                sums[line.code][place] += amount
    for booked_on, code, amount in _converted(book, currency, last_on):
        _add(sums[code], amount, is_before=booked_on < first_on)
    names = mapping_on(book, last_on)
    found = [
        TrialLine(code, names[code].number, names[code].label, currency, *amounts)
        for code, amounts in sums.items()
    ]
    return sorted(found, key=lambda line: (line.number, line.code))


def _add(amounts: list[int], amount: int, *, is_before: bool) -> None:
    if is_before:
        amounts[0] += amount
    elif amount > 0:
        amounts[1] += amount
    else:
        amounts[2] -= amount


def _converted(book: Book, currency: str, last_on: date) -> Iterator[tuple[date, AccountCode, int]]:
    for _key, found in groupby(_rows(book, currency, last_on), key=lambda row: row[0]):
        rows = list(found)
        own = in_own_currency(currency, rows[0][1], [Money(row[4], row[3]) for row in rows])
        for row, money in zip(rows, own, strict=True):
            yield row[1], AccountCode(row[2]), money.amount_minor


def _rows(book: Book, currency: str, last_on: date) -> Iterator[tuple]:  # type: ignore[type-arg]
    with connection.chunked_cursor() as cursor:
        cursor.execute(_FOREIGN, [book.pk, last_on, currency])
        while rows := cursor.fetchmany(_CHUNK_SIZE):
            yield from rows
