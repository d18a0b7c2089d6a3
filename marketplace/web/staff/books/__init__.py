"""A programme's ledger: trial balance, closing, exports, the chart of accounts."""
