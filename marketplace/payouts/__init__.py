"""Payouts: what is owed to whom, and how it is paid.

This room owns the ledger (double entry, append-only), the commission rules, what is known of each
sale for accounting, statements and balances, payout runs and their bank files. It hears of sales,
payments, deliveries and refunds by domain events (``handlers``) and asks nobody upward.

Life of a sale: captured → held → released on evidenced delivery less commission → in a payout
run → settled when the bank says so. See ``ledger.chart`` for the accounts and ``positions`` for
the rules.
"""
