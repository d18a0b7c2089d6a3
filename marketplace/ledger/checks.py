"""The books check themselves: what must hold is looked for, and what does not is listed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

# Each finds what must not be: a name, and rows of (subject, detail).
_QUERIES = {
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
    "in payment, but in no open payout": """
        SELECT c.slug, e.currency || ' ' || -sum(e.amount_minor) FROM ledger_entry e
        JOIN ledger_account a ON a.id = e.account_id
        JOIN vendors_cooperative c ON c.id = a.cooperative_id
        WHERE a.code = 'in_run'
        GROUP BY a.book_id, a.cooperative_id, c.slug, e.currency
        HAVING -sum(e.amount_minor) <> COALESCE((
            SELECT sum(l.amount_minor) FROM payouts_payoutline l
            JOIN payouts_payoutrun r ON r.id = l.run_id
            WHERE l.cooperative_id = a.cooperative_id AND r.currency = e.currency
              AND l.state = 'ready'), 0)""",
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
    "payout line paid twice": """
        SELECT l.end_to_end_id, count(*) || ' settlements'
        FROM ledger_ledgertransaction t JOIN payouts_payoutline l ON l.id = t.payout_line_id
        WHERE t.cause = 'payout_settled' GROUP BY l.end_to_end_id HAVING count(*) > 1""",
    "bank pays more than the payout": """
        SELECT r.reference, sum(l.amount_minor) || ' in lines, ' || r.total_minor || ' in all'
        FROM payouts_payoutrun r JOIN payouts_payoutline l ON l.run_id = r.id
        WHERE l.state NOT IN ('held', 'carried')
        GROUP BY r.id HAVING sum(l.amount_minor) <> r.total_minor""",
}

# One question for all of them: the books are read at one moment.
EVERYTHING = " UNION ALL ".join(
    f"SELECT '{problem}', f.subject::text, f.detail::text FROM ({query}) AS f(subject, detail)"  # noqa: S608 -- ours
    for problem, query in _QUERIES.items()
)


@dataclass(frozen=True)
class Finding:
    """Something that must not be."""

    problem: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Tally:
    """How much was checked."""

    books: int
    transactions: int
    entries: int


def findings() -> Iterator[Finding]:
    """Everything that is wrong with the books; nothing when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        for problem, subject, detail in cursor.fetchall():
            yield Finding(problem, str(subject), str(detail))


def tally() -> Tally:
    """How many books, transactions and entries there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ledger_book), "
            "(SELECT count(*) FROM ledger_ledgertransaction), "
            "(SELECT count(*) FROM ledger_entry)"
        )
        books, transactions, entries = cursor.fetchone()
    return Tally(books, transactions, entries)
