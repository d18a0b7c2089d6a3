"""Which keys are in use, by their fingerprints."""

from collections import Counter
from typing import Any

import psycopg
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import ProgrammingError, connection

from marketplace.core.encryption import fingerprint
from marketplace.core.keys.stores import ColumnStore, Store, all_stores

# A look for a start of a process: so many values at each end of each column.
LOOK = 3


def find_key(token: bytes) -> str | None:
    """The fingerprint of the key of a token; None when none of ours fits."""
    for key in settings.ENCRYPTION_KEYS:
        try:
            Fernet(key).decrypt(token)
        except InvalidToken:
            continue
        return fingerprint(key)
    return None


def count_keys(connection: "psycopg.Connection[Any]", store: Store) -> "Counter[str | None]":
    """How many values of a store each key encrypts; those of None cannot be read."""
    counted: Counter[str | None] = Counter()
    for batch in store.batches(connection):
        counted.update(find_key(token) for _ref, token in batch)
    return counted


def find_unreadable() -> list[str]:
    """The columns of which a look at both ends finds a value that no key fits.

    Uses the runtime role, so that a process that starts can ask.
    """
    connection.ensure_connection()
    found = []
    for store in all_stores():
        if not isinstance(store, ColumnStore):
            continue
        try:
            tokens = list(store.ends(connection.connection, LOOK))
        except (ProgrammingError, psycopg.errors.UndefinedTable):
            continue  # a database before its first upgrade
        if any(find_key(token) is None for token in tokens):
            found.append(store.name)
    return found
