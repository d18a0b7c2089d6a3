"""Consistency checks of the books. Each is a query whose rows are violations.

A room that keeps tables of its own beside the ledger adds its queries to ``CHECKS``
(``marketplace.payouts.book_checks``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

# What is violated, and the query that returns each violation as (subject, detail).
CHECKS = {
    "transaction does not balance": """
        SELECT t.key, e.currency || ' ' || sum(e.amount_minor)
        FROM ledger_entry e JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
        GROUP BY t.key, e.currency HAVING sum(e.amount_minor) <> 0""",
    "transaction is not sealed": """
        SELECT t.key, t.entry_count || ' entries wanted, ' || count(e.id) || ' found'
        FROM ledger_ledgertransaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id
        GROUP BY t.id HAVING count(e.id) <> t.entry_count OR count(e.id) < 2""",
    "entry and account differ": """
        SELECT t.key, a.code FROM ledger_entry e
        JOIN ledger_account a ON a.id = e.account_id
        JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
        WHERE a.currency <> e.currency OR a.book_id <> t.book_id""",
    "booked into a closed period": """
        SELECT t.key, t.booked_on || ', closed until ' || p.last_on
        FROM ledger_periodclosing p JOIN ledger_ledgertransaction t
            ON t.book_id = p.book_id AND t.booked_on <= p.last_on
        LEFT JOIN ledger_entrynumber n ON n.transaction_id = t.id
        WHERE n.transaction_id IS NULL""",
    "numbers of a journal have a gap": """
        SELECT b.slug || ' ' || n.journal || ' ' || n.year,
            count(*) || ' numbers until ' || max(n.number)
        FROM ledger_entrynumber n JOIN ledger_book k ON k.id = n.book_id
        JOIN vendors_programme b ON b.id = k.programme_id
        GROUP BY b.slug, n.book_id, n.journal, n.year
        HAVING count(*) <> max(n.number)""",
    "signed totals of a closed period differ": """
        SELECT b.slug || ' ' || p.last_on, p.transaction_count || ' signed, ' || count(n.*)
        FROM ledger_periodclosing p JOIN ledger_book k ON k.id = p.book_id
        JOIN vendors_programme b ON b.id = k.programme_id
        LEFT JOIN ledger_entrynumber n ON n.closing_id = p.id
        GROUP BY p.id, b.slug HAVING count(n.*) <> p.transaction_count""",
}


@dataclass(frozen=True)
class Finding:
    """A violation: which check, of what, and the numbers that disagree."""

    problem: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Tally:
    """How many rows were checked."""

    books: int
    transactions: int
    entries: int


def as_one_query(checks: Mapping[str, str]) -> str:
    """All checks as one query of (problem, subject, detail): they see the books at one moment."""
    return " UNION ALL ".join(
        f"SELECT '{problem}', f.subject::text, f.detail::text FROM ({query}) AS f(subject, detail)"  # noqa: S608 -- ours
        for problem, query in checks.items()
    )


def findings(checks: Mapping[str, str] = CHECKS) -> Iterator[Finding]:
    """Every violation of ``checks`` (by default the ledger's own); none when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(as_one_query(checks))
        for problem, subject, detail in cursor.fetchall():
            yield Finding(problem, str(subject), str(detail))


def tally() -> Tally:
    """The number of books, transactions and entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ledger_book), "
            "(SELECT count(*) FROM ledger_ledgertransaction), "
            "(SELECT count(*) FROM ledger_entry)"
        )
        books, transactions, entries = cursor.fetchone()
    return Tally(books, transactions, entries)
