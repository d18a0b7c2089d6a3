"""Accounting on the ledger: opening balances, periods, numbers, trial balance, exports."""
