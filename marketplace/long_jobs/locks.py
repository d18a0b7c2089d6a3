"""A lock for each piece of work: whoever holds it does it, and a killed worker lets it go.

It is the database's own, of a connection: it ends with the process that held it. It belongs to the
work, not to the row: what was cancelled and asked for again waits until the first has stopped.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_HALF = 2**63


@contextmanager
def held(fingerprint: str) -> Iterator[bool]:
    """Hold the lock of a fingerprint, outside any transaction; False if another process has it."""
    key = int(fingerprint[:16], 16) - _HALF
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        (is_ours,) = cursor.fetchone() or (False,)
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
