"""Tables of the ledger and of its accounting periods. Rows are only added."""

from marketplace.ledger.models.accounting import (
    EntryNumber,
    MappedAccount,
    NumberSeries,
    PeriodClosing,
)
from marketplace.ledger.models.entries import Account, Book, Entry, LedgerTransaction

__all__ = [
    "Account",
    "Book",
    "Entry",
    "EntryNumber",
    "LedgerTransaction",
    "MappedAccount",
    "NumberSeries",
    "PeriodClosing",
]
