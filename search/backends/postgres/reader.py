"""A process's copy of the index: facts of all documents, postings of the words used so far."""

from collections.abc import Iterable
from threading import RLock
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection

from search.backends.postgres.array_cache import ArrayCache
from search.backends.postgres.columns import Columns
from search.backends.postgres.scratch import Scratch
from search.indexing.facts import FacetCodes

MAX_POSTINGS_BYTES = 96 * 2**20
MAX_MATCHES_BYTES = 32 * 2**20

# Document numbers, rising, and the fields where the word occurs in each.
Postings = tuple[np.ndarray, np.ndarray]
_NO_POSTINGS: Postings = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.uint8))

_STATE = "SELECT key, version, merged_until, merge_count FROM search_generation WHERE is_live"
_CHANGED = """
    SELECT number, listing_id, is_removed, facts, words, fields FROM search_searchdocument
    WHERE generation_id = %s AND version > %s AND version <= %s ORDER BY number
"""
_POSTINGS = """
    SELECT word, numbers, fields FROM search_posting
    WHERE generation_id = %s AND word = ANY(%s)
"""


class TermMatches(NamedTuple):
    """Documents that match a term, rising; their scores, and the fields where it occurs."""

    numbers: np.ndarray
    scores: np.ndarray
    fields: np.ndarray


class ChangedRow(NamedTuple):
    """A document that changed; ``words`` and ``fields`` are None once they are merged."""

    number: int
    listing_id: UUID
    is_removed: bool
    facts: bytes
    words: list[str] | None
    fields: bytes | None


class Reader:
    """Holds the live generation. ``lock`` is held while it is refreshed or computed with."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.codes = FacetCodes()
        self._reset(None)

    def _reset(self, key: UUID | None) -> None:
        self.key = key
        self.version = 0
        self._merged_until = self._merge_count = 0
        self.columns = Columns()
        self.scratch = Scratch(0)
        # Postings of changed documents that are not merged yet, and their words.
        self._unmerged: dict[str, list[tuple[int, int]]] = {}
        self._unmerged_words: dict[int, list[str]] = {}
        self._postings: ArrayCache[Postings] = ArrayCache(MAX_POSTINGS_BYTES)
        # What ``scoring`` computed for parts of a plan; valid until words are added.
        self.matches: ArrayCache[TermMatches] = ArrayCache(MAX_MATCHES_BYTES)

    def refresh(self) -> None:
        """Read what changed since the last time: one small query when nothing did."""
        with connection.cursor() as cursor:
            cursor.execute(_STATE)
            state = cursor.fetchone()
        if state is None:
            if self.key is not None:
                self._reset(None)
            return
        key, version, merged_until, merge_count = state
        if key != self.key or version < self.version:
            self._reset(key)
        if merge_count != self._merge_count:
            self._drop_merged(merged_until, merge_count)
        if version > self.version:
            self._read_changes(version)

    def _drop_merged(self, merged_until: int, merge_count: int) -> None:
        self._merged_until, self._merge_count = merged_until, merge_count
        self._postings.clear()
        self.matches.clear()
        for number in [n for n in self._unmerged_words if n < merged_until]:
            for word in self._unmerged_words.pop(number):
                postings = self._unmerged[word]
                self._unmerged[word] = [pair for pair in postings if pair[0] != number]

    def _read_changes(self, version: int) -> None:
        self.codes.read()
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, [self.key, self.version, version])
            rows = [ChangedRow._make(row) for row in cursor.fetchall()]
        if rows:
            self._store(rows)
        self.version = version

    def _store(self, rows: list[ChangedRow]) -> None:
        self.columns.store(
            np.fromiter((row.number for row in rows), dtype=np.int64, count=len(rows)),
            [row.listing_id for row in rows],
            b"".join(bytes(row.facts) for row in rows),
            [not row.is_removed for row in rows],
        )
        if self.columns.capacity > len(self.scratch.count):
            self.scratch = Scratch(self.columns.capacity)
        for row in rows:
            if row.words is not None and row.fields is not None:
                self._store_words(row.number, row.words, bytes(row.fields))

    def _store_words(self, number: int, words: list[str], fields: bytes) -> None:
        if number < self._merged_until or number in self._unmerged_words:
            return
        self.matches.clear()
        self._unmerged_words[number] = words
        for word, field_bits in zip(words, fields, strict=True):
            self._unmerged.setdefault(word, []).append((number, field_bits))

    def market_slot(self, market: str) -> int | None:
        """Where a market's prices stand in the facts; None if nothing is sold there."""
        return self.codes.code("ships_to", market)

    def fetch(self, words: Iterable[str]) -> None:
        """Read the postings of words that this process has not used yet."""
        missing = [word for word in words if word not in self._postings]
        if not missing or self.key is None:
            return
        with connection.cursor() as cursor:
            cursor.execute(_POSTINGS, [self.key, missing])
            rows = cursor.fetchall()
        # As wide as an index: numpy would convert them each time that it picks by them.
        found = {
            word: (
                np.frombuffer(bytes(numbers), dtype="<i4").astype(np.intp),
                np.frombuffer(bytes(fields), "u1"),
            )
            for word, numbers, fields in rows
        }
        for word in missing:
            self._postings.put(word, found.get(word, _NO_POSTINGS))

    def postings(self, word: str) -> Postings:
        """The documents that have a word, and in which fields; ``fetch`` it first."""
        numbers, fields = self._postings.get(word) or _NO_POSTINGS
        if unmerged := self._unmerged.get(word):
            added = np.array(unmerged, dtype=np.int64)
            numbers = np.concatenate([numbers, added[:, 0].astype(np.intp)])
            fields = np.concatenate([fields, added[:, 1].astype(np.uint8)])
        return numbers, fields

    def trim(self) -> None:
        """Remove from the caches what has not been used for the longest time."""
        self._postings.trim()
        self.matches.trim()
