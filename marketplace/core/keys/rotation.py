"""Encrypts everything with the first of the keys, while the shop is open.

Every value is readable at each moment, because all keys decrypt. What is done stays done: after an
interruption the next run passes over it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from marketplace.core.encryption import KeysMissing, cipher_of, fingerprints
from marketplace.core.keys.counting import find_key
from marketplace.core.keys.stores import Store, all_stores
from marketplace.core.models import AuditEntry
from marketplace.core.roles import connect_as_owner

if TYPE_CHECKING:
    import psycopg


class Turned:
    """What became of a store's values: encrypted anew, already so, unreadable."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.changed = self.current = self.unreadable = 0


def rotate_keys() -> Iterator[Turned]:
    """Encrypt every value with the first key; yields each store when it is done.

    Raises KeysMissing. Values that no key fits stay as they are and are counted.
    """
    if not settings.ENCRYPTION_KEYS:
        raise KeysMissing
    done = []
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        for store in all_stores():
            done.append(_rotate(connection, store))
            yield done[-1]
    _record(sum(one.changed for one in done), sum(one.unreadable for one in done))


def _rotate(connection: "psycopg.Connection[Any]", store: Store) -> Turned:
    first, turned = fingerprints()[0], Turned(store.name)
    for batch in store.batches(connection):
        waiting = []
        for reference, token in batch:
            if (key := find_key(token)) == first:
                turned.current += 1
            elif key is None:
                turned.unreadable += 1
            else:
                waiting.append((reference, token, _anew(token)))
        if waiting:
            store.replace(connection, waiting)
            turned.changed += len(waiting)
    return turned


def _anew(token: bytes) -> bytes:
    plain = cipher_of(tuple(settings.ENCRYPTION_KEYS)).decrypt(token)
    return Fernet(settings.ENCRYPTION_KEYS[0]).encrypt(plain)


def _record(changed: int, unreadable: int) -> None:
    with transaction.atomic():
        AuditEntry.objects.create(
            actor_kind="system",
            actor_name="twiza keys rotate",
            action="keys.rotated",
            subject_type="encryption_key",
            subject_id=fingerprints()[0],
            details={"changed": changed, "unreadable": unreadable},
        )
