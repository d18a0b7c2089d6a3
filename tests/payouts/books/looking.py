"""What the books say, in as few questions as possible."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from weakref import WeakSet

from django.db import connection

from marketplace.ledger.checks import as_one_query
from marketplace.payouts.book_checks import CHECKS

_BALANCES = """
SELECT a.code, a.cooperative_id, e.currency, sum(e.amount_minor)::bigint FROM ledger_entry e
JOIN ledger_account a ON a.id = e.account_id GROUP BY 1, 2, 3 HAVING sum(e.amount_minor) <> 0
"""
_RELEASED = """
SELECT a.cooperative_id, date_trunc('month', t.booked_on)::date, count(*),
       -sum(e.amount_minor)::bigint
FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
WHERE a.code = 'released' AND e.currency = %s GROUP BY 1, 2
"""
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
    totals: dict[str, int] = defaultdict(int)
    owed: dict[tuple[UUID, str], int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        for code, cooperative_id, entry_currency, amount in cursor.fetchall():
            if entry_currency == currency:
                totals[code] += amount
                if cooperative_id:
                    owed[cooperative_id, code] = -amount
        cursor.execute(_RELEASED, [currency])
        released = {(owner, month): (n, moved) for owner, month, n, moved in cursor.fetchall()}
    return Seen({code: amount for code, amount in totals.items() if amount}, owed, released)


def wrong() -> list[Any]:
    """What ``findings`` would tell, by the same questions, which the session plans only once."""
    session = connection.connection
    with connection.cursor() as cursor:
        if session not in _PREPARED:
            cursor.execute(f"PREPARE books_checked AS {as_one_query(CHECKS)}")
            _PREPARED.add(session)
        cursor.execute("EXECUTE books_checked")
        return cursor.fetchall()


def counts() -> Any:
    """How many rows each table of the books has: the same before and after what never was."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return cursor.fetchone()


def check_constraints_now() -> None:
    """Have the database look at once at what it would look at when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
