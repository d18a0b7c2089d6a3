"""One step at a time for one thing, also while the engine is asked.

A row lock would need an open transaction, in which the engine may not be called. An advisory lock
of the session holds across transactions and falls with the connection if the process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


@contextmanager
def one_at_a_time(subject: UUID) -> Iterator[None]:
    """Wait until nobody else works on the subject, then keep others waiting."""
    key = int.from_bytes(subject.bytes[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
