"""Reads a bank's account statement: credits and debits as the bank booked them.

``read_statements(content)`` takes camt.053 (ISO 20022, versions .02 to .13) or CSV (see
``csv_files``) and gives ``Statement`` rows with ``Entry`` rows; it stores nothing and knows no
business, so that every room from payments upward may use it. Amounts are positive minor units of
the entry's currency; ``is_credit`` says whether the money came in.

A file is never trusted: no document type, no entities, no network, limits on its size
and on the number of entries. An unreadable file is refused as a whole (``StatementUnreadable``).
"""

from datetime import UTC, tzinfo

from marketplace.payments.bank_statements.camt053 import read_camt053
from marketplace.payments.bank_statements.csv_files import read_csv
from marketplace.payments.bank_statements.entries import Entry, LeftOut, Statement
from marketplace.payments.bank_statements.errors import StatementUnreadable

__all__ = [
    "Entry",
    "LeftOut",
    "Statement",
    "StatementUnreadable",
    "read_camt053",
    "read_csv",
    "read_statements",
]


def read_statements(
    content: bytes, *, zone: tzinfo = UTC, currency: str = "MAD"
) -> list[Statement]:
    """Read a file of either kind, detected by its first bytes; raises StatementUnreadable.

    Days are in ``zone``, the account's; ``currency`` is the account's where the file names none.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_camt053(content, zone)
    return [read_csv(content, currency=currency)]
