"""Gapless numbers in a series and year, taken in the transaction that uses them.

The series' row stays locked until the transaction ends; a rollback returns the number. The database
refuses a document whose number does not follow the last (``core.table_rules.numbered``).
"""

import hashlib
import json
from typing import Any, ClassVar

from django.db import connection, models
from django.db.transaction import get_connection


class NumberedOutsideTransaction(RuntimeError):
    """A number was taken outside a transaction: a programming error."""


class NumberedDocument(models.Model):
    """A document as issued: its number, and its facts, which never change.

    The PDF is drawn from ``facts`` in any language at any time; ``sha256`` is their hash.
    """

    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["series", "year", "sequence"], name="%(class)s_number_once"
            )
        ]

    @property
    def is_unchanged(self) -> bool:
        """Whether the facts are still those issued."""
        return hash_of(self.facts) == self.sha256


def hash_of(facts: dict[str, Any]) -> str:
    """SHA-256 of facts, independent of the order of their keys."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year, locked until the transaction ends.

    Concurrent calls wait. Raises NumberedOutsideTransaction.
    """
    if not get_connection().in_atomic_block:
        raise NumberedOutsideTransaction(series)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_numberseries AS known (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = known.last + 1 RETURNING last",
            [series, year],
        )
        return int(cursor.fetchone()[0])
