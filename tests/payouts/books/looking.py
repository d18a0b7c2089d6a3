"""What the books say, in as few queries as possible."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from weakref import WeakSet

from django.db import connection

from marketplace.ledger.checks import as_one_query
from marketplace.payouts.book_checks import CHECKS

# One query for all of it: how many rows, and their sum, by what they have in common.
_SEEN = """
SELECT a.code, a.cooperative_id, e.currency, NULL::date, count(*), sum(e.amount_minor)::bigint
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
GROUP BY 1, 2, 3 HAVING sum(e.amount_minor) <> 0
UNION ALL
SELECT NULL, a.cooperative_id, e.currency, date_trunc('month', t.booked_on)::date, count(*),
       -sum(e.amount_minor)::bigint
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE a.code = 'released' GROUP BY 2, 3, 4
"""
_CONSTRAINTS_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
_COUNTS = """
SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM ledger_ledgertransaction),
       (SELECT count(*) FROM payouts_salefact), (SELECT count(*) FROM payouts_frozencommission),
       (SELECT count(*) FROM payouts_payoutline), (SELECT count(*) FROM core_auditentry)
"""
# Sessions that have planned the questions.
_PREPARED: WeakSet[Any] = WeakSet()


@dataclass
class Seen:
    """Balances by account, debit positive, and what is owed to each cooperative, by account.

    ``released``: how many entries moved what is available to a cooperative in a month (its first
    day), and by how much.
    """

    totals: dict[str, int]
    owed: dict[tuple[UUID, str], int]
    released: dict[tuple[UUID, date], tuple[int, int]]


def look(currency: str = "MAD") -> Seen:
    """The balances of all books in one currency."""
    with _prepared() as cursor:
        cursor.execute("EXECUTE books_seen")
        return _seen(cursor.fetchall(), currency)


def look_and_check(currency: str = "MAD") -> tuple[Seen, list[Any]]:
    """``look``, and what ``findings`` would tell by the same query; constraints come first.

    One round trip, because there are many; the session plans each query only once.
    """
    with _prepared() as cursor:
        cursor.execute(f"{_CONSTRAINTS_NOW}; EXECUTE books_seen; EXECUTE books_checked")
        cursor.nextset()
        cursor.nextset()
        seen = _seen(cursor.fetchall(), currency)
        cursor.nextset()
        return seen, cursor.fetchall()


@contextmanager
def _prepared() -> Iterator[Any]:
    """A cursor whose session has planned the queries."""
    with connection.cursor() as cursor:
        session = connection.connection
        if session not in _PREPARED:
            cursor.execute(f"PREPARE books_seen AS {_SEEN}")
            cursor.execute(f"PREPARE books_checked AS {as_one_query(CHECKS)}")
            _PREPARED.add(session)
        yield cursor


def _seen(rows: list[Any], currency: str) -> Seen:
    totals: dict[str, int] = defaultdict(int)
    owed: dict[tuple[UUID, str], int] = {}
    released: dict[tuple[UUID, date], tuple[int, int]] = {}
    for code, cooperative_id, entry_currency, month, count, amount in rows:
        if entry_currency != currency:
            continue
        if month:
            released[cooperative_id, month] = (count, amount)
            continue
        totals[code] += amount
        if cooperative_id:
            owed[cooperative_id, code] = -amount
    return Seen({code: amount for code, amount in totals.items() if amount}, owed, released)


def counts() -> Any:
    """How many rows each table of the books has: the same before and after what never was."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return cursor.fetchone()
