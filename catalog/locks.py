"""Locks: one process at a time synchronizes a listing with the engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

_HALF = 2**63
_IMPORTS = 0x7477_697A  # separates the locks of imports from those of listings


@contextmanager
def listing_lock(listing_id: UUID) -> Iterator[None]:
    """Wait for and hold a listing's lock, outside any transaction (the engine is called meanwhile).

    Its holder reads the engine after the previous holder did, so that an older response never
    overwrites a newer one.
    """
    key = (listing_id.int & (2**64 - 1)) - _HALF
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def import_lock(cooperative_id: UUID) -> Iterator[bool]:
    """Hold the lock of a cooperative's imports; False if another process has it."""
    key = cooperative_id.int % 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_IMPORTS, key])
        (held,) = cursor.fetchone() or (False,)
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_IMPORTS, key])
