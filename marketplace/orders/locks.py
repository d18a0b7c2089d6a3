"""Locks: one process at a time for one checkout, vendor order or variant.

A row lock needs an open transaction, in which the engine may not be called. An advisory lock of the
session holds across transactions, and ends with the connection if the process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from marketplace.orders.models import VendorOrder
from vendors.scoping import CooperativeScope


@contextmanager
def one_at_a_time(subject: UUID) -> Iterator[None]:
    """Wait until no other process holds the subject, then hold it."""
    key = int.from_bytes(subject.bytes[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def locked_row(vendor_order: VendorOrder) -> VendorOrder:
    """The vendor order's row, locked until the transaction ends."""
    rows = VendorOrder.objects.within(CooperativeScope(vendor_order.cooperative_id))
    found: VendorOrder = rows.select_for_update(of=("self",)).get(pk=vendor_order.pk)
    return found
