"""Shared foundations: money, time, formats, errors, audit trail, domain events.

Knows no business: nothing here names a cooperative, a listing or an order.
"""
