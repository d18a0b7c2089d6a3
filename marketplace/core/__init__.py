"""What every room stands on: money, time, formats, errors, the audit trail, domain events.

Knows no business: nothing here names a cooperative, a listing or an order.
"""
