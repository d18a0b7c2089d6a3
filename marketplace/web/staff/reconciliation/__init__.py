"""Differences between the ledger and the others: the list, a bank's statement, an explanation."""
