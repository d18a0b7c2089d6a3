"""Payouts: what each cooperative is owed, and how it is paid.

This room owns commission rules, sales as accounting sees them, balances and statements, commission
invoices, payout runs with their bank files and reports, and reconciliation; it posts to ``ledger``.
It learns of sales, payments, deliveries and refunds from domain events (``handlers``).

A sale is captured, held, released on evidence of delivery less commission, reserved in a payout
run, and settled when the bank confirms. ``ledger.chart`` has the accounts and
``balances.sale_position`` the rules. Writes go through ``services``, reads through ``queries``.
"""
