"""The double-entry ledger: one book for each programme, append-only in the database itself."""
