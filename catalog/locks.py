"""One process at a time brings a listing into step with the engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

_HALF = 2**63


@contextmanager
def listing_lock(listing_id: UUID) -> Iterator[None]:
    """Wait for and hold a listing, outside any transaction (the engine is called meanwhile).

    Whoever holds it reads the engine after whoever held it before, so an older answer never
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
