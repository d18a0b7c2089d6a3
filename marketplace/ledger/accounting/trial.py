"""The trial balance of a period: opening balance, debits, credits and closing balance."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from marketplace.core.formats import plain_amount
from marketplace.core.spreadsheets import csv_writer
from marketplace.ledger.accounting.mapping import mapping_on
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Book

_SUMS = """
SELECT a.code, e.currency,
    COALESCE(sum(e.amount_minor) FILTER (WHERE t.booked_on < %(first)s), 0)::bigint,
    COALESCE(sum(e.amount_minor)
        FILTER (WHERE t.booked_on >= %(first)s AND e.amount_minor > 0), 0)::bigint,
    COALESCE(-sum(e.amount_minor)
        FILTER (WHERE t.booked_on >= %(first)s AND e.amount_minor < 0), 0)::bigint
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE a.book_id = %(book)s AND t.booked_on <= %(last)s
GROUP BY a.code, e.currency
"""
COLUMNS = (
    *("account", "label", "code", "currency"),
    *("opening", "debit", "credit", "closing"),
)


@dataclass(frozen=True)
class TrialLine:
    """An account in one currency, in minor units; debit positive, credit negative."""

    code: AccountCode
    number: str
    name: str
    currency: str
    opening_minor: int
    debit_minor: int
    credit_minor: int

    @property
    def closing_minor(self) -> int:
        """The balance at the end of the period."""
        return self.opening_minor + self.debit_minor - self.credit_minor

    @property
    def label(self) -> str:
        """The account's name in the reader's language."""
        return str(self.code.label)


def trial_balance(book: Book, first_on: date, last_on: date) -> list[TrialLine]:
    """The accounts with entries until the end of a period, by currency and number.

    In each currency debits equal credits, and openings and closings sum to zero. The accounts of
    the cooperatives are summed.
    """
    named: dict[str, Any] = {"book": book.pk, "first": first_on, "last": last_on}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, named)
        rows = cursor.fetchall()
    names = mapping_on(book, last_on)
    found = []
    for code, currency, opening, debit, credit in rows:
        account = AccountCode(code)
        name = names[account]
        found.append(TrialLine(account, name.number, name.label, currency, opening, debit, credit))
    return sorted(found, key=lambda line: (line.currency, line.number, line.code))


@dataclass(frozen=True)
class TrialTotal:
    """One currency's totals of debits and credits, which must agree."""

    currency: str
    debit_minor: int
    credit_minor: int


def totals(lines: Iterable[TrialLine]) -> list[TrialTotal]:
    """Debits and credits by currency."""
    sums: dict[str, list[int]] = {}
    for line in lines:
        pair = sums.setdefault(line.currency, [0, 0])
        pair[0] += line.debit_minor
        pair[1] += line.credit_minor
    return [TrialTotal(currency, *pair) for currency, pair in sorted(sums.items())]


def trial_csv(lines: Iterable[TrialLine]) -> bytes:
    """The trial balance as CSV: UTF-8 with a byte order mark, decimal points."""
    text = io.StringIO()
    table = csv_writer(text)
    table.writerow(COLUMNS)
    for line in lines:
        amounts = (line.opening_minor, line.debit_minor, line.credit_minor, line.closing_minor)
        table.writerow(
            [
                line.number,
                line.name,
                line.code.value,
                line.currency,
                *(plain_amount(amount, line.currency) for amount in amounts),
            ]
        )
    return text.getvalue().encode("utf-8-sig")
