"""Telling visitors apart for a day, without knowing who they are.

A search is counted once for each visitor, text and day. What is kept for that is a hash of the
network address and of what was searched, under a random key of the day. The first search of the
next day deletes key and hashes; from then on only the count is left.
"""

import hmac
import secrets
from datetime import date
from functools import lru_cache

from django.db import connection

from search.models import SeenVisit, VisitorKey

_DIGEST_BYTES = 16
_KEY_BYTES = 32


def visit_digest(day: date, visitor: str, *parts: str) -> bytes:
    """The hash by which a repeated search (or click) of a visitor is recognized on that day."""
    message = "\0".join((visitor, *parts)).encode()
    return hmac.digest(_key_of(day), message, "sha256")[:_DIGEST_BYTES]


@lru_cache(maxsize=1)
def _key_of(day: date) -> bytes:
    """The day's key, the same in every process; those of other days are discarded."""
    discard_before(day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_visitorkey (day, key) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [day, secrets.token_bytes(_KEY_BYTES)],
        )
    return bytes(VisitorKey.objects.get(day=day).key)


def is_first_visit(day: date, digest: bytes) -> bool:
    """Note a visit; whether it is the first of its kind on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_seenvisit (day, digest) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [day, digest],
        )
        return bool(cursor.rowcount)


def discard_before(day: date) -> int:
    """Delete the keys and hashes of earlier days; returns how many hashes."""
    VisitorKey.objects.filter(day__lt=day).delete()
    deleted, _ = SeenVisit.objects.filter(day__lt=day).delete()
    return deleted


def forget_key() -> None:
    """Read the day's key again: another database is in use."""
    _key_of.cache_clear()
