"""A process's copy of the index: facts of all documents, postings of the words met so far."""

from collections.abc import Iterable
from threading import RLock
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection

from search.backends.postgres.kept import Kept
from search.indexing.facts import FACTS, NO_PRICE, SETS, Codes
from search.ranking.signals import DAY, extra

# Of the postings of words, and of what they come to together, a process keeps so many bytes.
MOST_KEPT_BYTES = 96 * 2**20
MOST_SUMMED_BYTES = 32 * 2**20
_GROWTH = 1.3
# To empty a whole array costs less than to empty places in it, from a fifth of it on.
_WHOLE_IS_CHEAPER = 5
_SMALLEST = 1024

Postings = tuple[np.ndarray, np.ndarray]
_NONE: Postings = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.uint8))

_STATE = "SELECT key, version, merged, merges FROM search_generation WHERE is_live"
_CHANGED = """
    SELECT number, listing_id, is_gone, facts, words, places FROM search_searchdocument
    WHERE generation_id = %s AND version > %s AND version <= %s ORDER BY number
"""
_POSTINGS = """
    SELECT word, numbers, places FROM search_posting
    WHERE generation_id = %s AND word = ANY(%s)
"""


class Having(NamedTuple):
    """Documents that have something, rising; what it is worth there, and where it stands."""

    numbers: np.ndarray
    worth: np.ndarray
    places: np.ndarray


class Reader:
    """Holds the live generation. ``lock`` is held while it is refreshed or computed with."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.codes = Codes()
        self._forget(None)

    def _forget(self, key: UUID | None) -> None:
        self.key = key
        self.version = 0
        self.merged = self.merges = 0
        self.size = 0
        self.columns = {name: _empty(name) for name in FACTS.names or ()}
        # Sets as numbers: which set a document has, and what is in each.
        self.set_ids = {name: np.zeros(0, dtype=np.int32) for name in SETS}
        self.sets: dict[str, list[int]] = {name: [] for name in SETS}
        self._set_numbers: dict[str, dict[int, int]] = {name: {} for name in SETS}
        self.scratch = Scratch(0)
        self._derived: dict[tuple[str, int], np.ndarray] = {}
        self.listing_ids = np.zeros(0, dtype="V16")
        self.alive = np.zeros(0, dtype=bool)
        self._fresh: dict[str, list[tuple[int, int]]] = {}
        self._fresh_numbers: dict[int, list[str]] = {}
        self._kept: Kept[Postings] = Kept(MOST_KEPT_BYTES)
        # What ``scoring`` made of postings, by the part of a plan; good until words are added.
        self.summed: Kept[Having] = Kept(MOST_SUMMED_BYTES)
        self.first_published = np.zeros(0, dtype=np.int64)

    def refresh(self) -> None:
        """Learn what changed since the last time: one small question when nothing did."""
        with connection.cursor() as cursor:
            cursor.execute(_STATE)
            state = cursor.fetchone()
        if state is None:
            if self.key is not None:
                self._forget(None)
            return
        key, version, merged, merges = state
        if key != self.key or version < self.version:
            self._forget(key)
        if merges != self.merges:
            self._drop_merged(merged, merges)
        if version > self.version:
            self._read_changes(version)

    def _drop_merged(self, merged: int, merges: int) -> None:
        self.merged, self.merges = merged, merges
        self._kept.clear()
        self.summed.clear()
        for number in [n for n in self._fresh_numbers if n < merged]:
            for word in self._fresh_numbers.pop(number):
                self._fresh[word] = [pair for pair in self._fresh[word] if pair[0] != number]

    def _read_changes(self, version: int) -> None:
        self.codes.read()
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, [self.key, self.version, version])
            rows = cursor.fetchall()
        if rows:
            self._take(rows)
        self.version = version

    def _take(
        self, rows: list[tuple[int, UUID, bool, bytes, list[str] | None, bytes | None]]
    ) -> None:
        numbers = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        self._grow(int(numbers[-1]) + 1)
        self._derived.clear()
        facts = np.frombuffer(b"".join(bytes(row[3]) for row in rows), dtype=FACTS)
        for name, column in self.columns.items():
            # Markets lie apart, so that one market's numbers lie together.
            column[..., numbers] = facts[name].T
        for name in SETS:
            self._number_sets(name, numbers, facts[name])
        raw = b"".join(row[1].bytes for row in rows)
        self.listing_ids[numbers] = np.frombuffer(raw, dtype="V16")
        self.alive[numbers] = [not row[2] for row in rows]
        for number, _, _, _, words, places in rows:
            if words is not None and places is not None and number >= self.merged:
                self._take_words(number, words, bytes(places))
        self._note_makers()

    def _number_sets(self, name: str, numbers: np.ndarray, values: np.ndarray) -> None:
        known, sets = self._set_numbers[name], self.sets[name]
        found, which = np.unique(values, return_inverse=True)
        for value in found.tolist():
            if value not in known:
                known[value] = len(sets)
                sets.append(value)
        ids = np.array([known[value] for value in found.tolist()], dtype=np.int32)
        self.set_ids[name][numbers] = ids[which]

    def _take_words(self, number: int, words: list[str], places: bytes) -> None:
        if number in self._fresh_numbers:
            return
        self.summed.clear()
        self._fresh_numbers[number] = words
        for word, place in zip(words, places, strict=True):
            self._fresh.setdefault(word, []).append((number, place))

    def _grow(self, size: int) -> None:
        if size > len(self.alive):
            room = max(int(size * _GROWTH), _SMALLEST)
            for name, column in self.columns.items():
                self.columns[name] = _longer(column, room)
            for name, ids in self.set_ids.items():
                self.set_ids[name] = _longer(ids, room)
            self.scratch = Scratch(room)
            self.listing_ids = _longer(self.listing_ids, room)
            self.alive = _longer(self.alive, room)
        self.size = max(self.size, size)

    def _note_makers(self) -> None:
        """When the first listing of each cooperative came into the shop."""
        makers = self.columns["cooperatives"][: self.size]
        since = np.where(self.alive[: self.size], self.columns["published"][: self.size], 2**62)
        first = np.full(int(makers.max(initial=0)) + 1, 2**62, dtype=np.int64)
        np.minimum.at(first, makers, since)
        self.first_published = first

    def clear_scratch(self) -> None:
        """Begin with empty sums again."""
        self.scratch = Scratch(len(self.alive))

    def column(self, name: str) -> np.ndarray:
        """A fact of all documents."""
        return self.columns[name][..., : self.size]

    def of_market(self, name: str, slot: int) -> np.ndarray:
        """A fact of all documents in one market."""
        return self.columns[name][slot, : self.size]

    def in_language(self, name: str, language: int) -> np.ndarray:
        """A fact of all documents in one language (0 Arabic, 1 French, 2 English)."""
        return self.columns[name][language, : self.size]

    def sold_in(self, slot: int) -> np.ndarray:
        """Which documents a market sells."""
        key = ("sold_in", slot)
        if key not in self._derived:
            self._derived[key] = self.alive[: self.size] & (
                self.of_market("amounts", slot) != NO_PRICE
            )
        return self._derived[key]

    def extras(self, slot: int, day: int) -> np.ndarray:
        """The signals beside the words (``search.ranking.signals``) of all documents, on a day."""
        key = (f"extras {day}", slot)
        if key not in self._derived:
            self._derived[key] = extra(
                available=self.of_market("available", slot),
                sold=self.of_market("sold", slot),
                quality=self.column("quality"),
                published=self.column("published"),
                now=day * DAY,
            )
        return self._derived[key]

    def fetch(self, words: Iterable[str]) -> None:
        """Read the postings of words that this process has not met yet."""
        missing = [word for word in words if word not in self._kept]
        if not missing or self.key is None:
            return
        with connection.cursor() as cursor:
            cursor.execute(_POSTINGS, [self.key, missing])
            rows = cursor.fetchall()
        # As wide as an index: numpy would make them so each time that it picks by them.
        found = {
            word: (
                np.frombuffer(bytes(numbers), dtype="<i4").astype(np.intp),
                np.frombuffer(bytes(places), "u1"),
            )
            for word, numbers, places in rows
        }
        for word in missing:
            self._kept.put(word, found.get(word, _NONE))

    def postings(self, word: str) -> Postings:
        """The documents that have a word, and where; ``fetch`` it first."""
        numbers, places = self._kept.get(word) or _NONE
        if fresh := self._fresh.get(word):
            added = np.array(fresh, dtype=np.int64)
            numbers = np.concatenate([numbers, added[:, 0].astype(np.intp)])
            places = np.concatenate([places, added[:, 1].astype(np.uint8)])
        return numbers, places

    def trim(self) -> None:
        """Let go of what has not been used for the longest time."""
        self._kept.trim()
        self.summed.trim()

    def listing_id(self, number: int) -> UUID:
        """The listing of a document."""
        return UUID(bytes=self.listing_ids[number].tobytes())


class Scratch:
    """Room to add up in, one place a document; whoever uses it leaves it full of zeros."""

    @staticmethod
    def clear(numbers: np.ndarray, *arrays: np.ndarray) -> None:
        """Zeros for those documents again."""
        for array in arrays:
            if len(numbers) * _WHOLE_IS_CHEAPER > len(array):
                array.fill(0)
            else:
                array[numbers] = 0

    def __init__(self, room: int) -> None:
        self.worth = np.zeros(room, dtype=np.float32)
        self.total = np.zeros(room, dtype=np.float32)
        self.places = np.zeros(room, dtype=np.uint8)
        self.count = np.zeros(room, dtype=np.uint8)


def _empty(name: str) -> np.ndarray:
    kind = FACTS[name]
    return np.zeros((*kind.shape, 0), dtype=kind.base)


def _longer(column: np.ndarray, room: int) -> np.ndarray:
    made = np.zeros((*column.shape[:-1], room), dtype=column.dtype)
    made[..., : column.shape[-1]] = column
    return made
