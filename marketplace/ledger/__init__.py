"""The double-entry ledger: one book for each programme, append-only in the database itself.

``post`` is the only way to write: a balanced transaction of entries, once for each key. Amounts are
signed minor units with a currency, debit positive. The room knows no sale and no payout run; a
transaction carries their ids for reference only (``movement.About``).
"""
