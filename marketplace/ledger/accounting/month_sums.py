"""What each of several months holds: transactions, debits and credits by currency."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from marketplace.ledger.accounting.periods import OpenPeriod
from marketplace.ledger.accounting.trial import TrialTotal
from marketplace.ledger.models import Book

_SUMS = """
SELECT date_trunc('month', t.booked_on)::date, e.currency,
    sum(greatest(e.amount_minor, 0))::bigint, sum(greatest(-e.amount_minor, 0))::bigint
FROM ledger_entry e JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE t.book_id = %(book)s AND t.booked_on >= %(first)s AND t.booked_on <= %(last)s
GROUP BY 1, 2 ORDER BY 1, 2
"""
_COUNTS = """
SELECT date_trunc('month', booked_on)::date, count(*) FROM ledger_ledgertransaction
WHERE book_id = %(book)s AND booked_on >= %(first)s AND booked_on <= %(last)s GROUP BY 1
"""


@dataclass(frozen=True)
class MonthSums:
    """A month to close: its number of transactions, and its totals by currency."""

    period: OpenPeriod
    transaction_count: int = 0
    totals: list[TrialTotal] = field(default_factory=list)

    @property
    def is_balanced(self) -> bool:
        """Whether debits equal credits in each currency."""
        return all(total.debit_minor == total.credit_minor for total in self.totals)


def month_sums(book: Book, periods: Sequence[OpenPeriod]) -> list[MonthSums]:
    """The sums of successive open months."""
    if not periods:
        return []
    first, last = periods[0].first_on, periods[-1].last_on
    named: dict[str, Any] = {"book": book.pk, "first": first, "last": last}
    totals: defaultdict[object, list[TrialTotal]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, named)
        for month, currency, debit, credit in cursor.fetchall():
            totals[month].append(TrialTotal(currency, debit, credit))
        cursor.execute(_COUNTS, named)
        counts = dict(cursor.fetchall())
    return [
        MonthSums(
            period,
            counts.get(period.first_on.replace(day=1), 0),
            totals[period.first_on.replace(day=1)],
        )
        for period in periods
    ]
