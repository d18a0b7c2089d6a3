"""One process at a time fills the demo."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_LOCK = 7_311_090


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else fills it; nobody else begins before the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    is_alone = bool(row and row[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
