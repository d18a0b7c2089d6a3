"""Doing something and having it not happen: in our tables and in the engine's."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards; what was there before is there again."""
    points = {alias: transaction.savepoint(using=alias) for alias in ("default", "engine")}
    try:
        yield
    finally:
        for alias, point in points.items():
            transaction.set_rollback(False, using=alias)
            transaction.savepoint_rollback(point, using=alias)
            transaction.savepoint_commit(point, using=alias)
