"""Differences between the ledger and other records: list, bank statement, explanation."""
