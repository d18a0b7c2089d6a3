"""What must hold of the books in a database that was restored for a trial."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

_UNBALANCED = """
SELECT t.book_id, e.currency, sum(e.amount_minor)
FROM ledger_entry e JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
GROUP BY 1, 2 HAVING sum(e.amount_minor) <> 0 ORDER BY 1, 2
"""


def find_unbalanced_books(connection: "psycopg.Connection[Any]") -> list[str]:
    """A line for each book whose debits and credits differ, in minor units of a currency."""
    return [
        f"book {book} is out of balance by {difference} {currency} (minor units)"
        for book, currency, difference in connection.execute(_UNBALANCED).fetchall()
    ]
