"""Reconciliation of the ledger with payments, card provider and carriers (daily) and the bank."""
