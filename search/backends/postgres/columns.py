"""The facts of all documents as columns, one array for each fact, in memory."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from search.indexing.facts import FACTS, MULTI_VALUED, NO_PRICE
from search.ranking.signals import DAY, signal_scores

_GROWTH = 1.3
_SMALLEST = 1024
_NEVER = 2**62


class Columns:
    """Facts by document number. A removed document keeps its number and is not alive."""

    def __init__(self) -> None:
        self.size = 0
        self._facts = {name: _empty(name) for name in FACTS.names or ()}
        # Sets as numbers: which set a document has, and the bits of each set.
        self._set_ids = {name: np.zeros(0, dtype=np.int32) for name in MULTI_VALUED}
        self.sets: dict[str, list[int]] = {name: [] for name in MULTI_VALUED}
        self._set_numbers: dict[str, dict[int, int]] = {name: {} for name in MULTI_VALUED}
        self.listing_ids = np.zeros(0, dtype="V16")
        self._alive = np.zeros(0, dtype=bool)
        self._derived: dict[tuple[str, int], np.ndarray] = {}
        # By the code of a cooperative: when its first listing was published.
        self.first_published = np.zeros(0, dtype=np.int64)

    @property
    def capacity(self) -> int:
        """How many documents there is room for."""
        return len(self._alive)

    def store(self, numbers: np.ndarray, ids: list[UUID], facts: bytes, alive: list[bool]) -> None:
        """Store documents with rising numbers; ``facts`` are their records one after another."""
        self._grow(int(numbers[-1]) + 1)
        self._derived.clear()
        records = np.frombuffer(facts, dtype=FACTS)
        for name, column in self._facts.items():
            # Markets are apart, so that the numbers of one market are adjacent.
            column[..., numbers] = records[name].T
        for name in MULTI_VALUED:
            self._store_sets(name, numbers, records[name])
        raw = b"".join(listing_id.bytes for listing_id in ids)
        self.listing_ids[numbers] = np.frombuffer(raw, dtype="V16")
        self._alive[numbers] = alive
        self._find_first_published()

    def _store_sets(self, name: str, numbers: np.ndarray, values: np.ndarray) -> None:
        known, sets = self._set_numbers[name], self.sets[name]
        distinct, which = np.unique(values, return_inverse=True)
        for value in distinct.tolist():
            if value not in known:
                known[value] = len(sets)
                sets.append(value)
        ids = np.array([known[value] for value in distinct.tolist()], dtype=np.int32)
        self._set_ids[name][numbers] = ids[which]

    def _grow(self, size: int) -> None:
        if size > self.capacity:
            capacity = max(int(size * _GROWTH), _SMALLEST)
            for name, column in self._facts.items():
                self._facts[name] = _longer(column, capacity)
            for name, ids in self._set_ids.items():
                self._set_ids[name] = _longer(ids, capacity)
            self.listing_ids = _longer(self.listing_ids, capacity)
            self._alive = _longer(self._alive, capacity)
        self.size = max(self.size, size)

    def _find_first_published(self) -> None:
        cooperatives = self.column("cooperatives")
        published = np.where(self._alive[: self.size], self.column("published"), _NEVER)
        first = np.full(int(cooperatives.max(initial=0)) + 1, _NEVER, dtype=np.int64)
        np.minimum.at(first, cooperatives, published)
        self.first_published = first

    def column(self, name: str) -> np.ndarray:
        """A fact of all documents."""
        return self._facts[name][..., : self.size]

    def set_ids(self, name: str) -> np.ndarray:
        """For all documents, which of ``sets`` they have of a facet with several values."""
        return self._set_ids[name][: self.size]

    def of_market(self, name: str, slot: int) -> np.ndarray:
        """A fact of all documents in one market."""
        return self._facts[name][slot, : self.size]

    def in_language(self, name: str, language: int) -> np.ndarray:
        """A fact of all documents in one language (0 Arabic, 1 French, 2 English)."""
        return self._facts[name][language, : self.size]

    def sold_in(self, slot: int) -> np.ndarray:
        """Which documents are sold in a market."""
        key = ("sold_in", slot)
        if key not in self._derived:
            has_price = self.of_market("amounts", slot) != NO_PRICE
            self._derived[key] = self._alive[: self.size] & has_price
        return self._derived[key]

    def signal_scores(self, slot: int, day: int, near: Sequence[float]) -> np.ndarray:
        """The ranking signals (``search.ranking.signals``) of all documents on a day.

        ``near`` is the signal of each country, by its code.
        """
        key = (f"signal_scores {day} {near}", slot)
        if key not in self._derived:
            self._derived[key] = signal_scores(
                near=np.array(near, dtype=np.float32)[self.column("countries")],
                available=self.of_market("available", slot),
                sold=self.of_market("sold", slot),
                quality=self.column("quality"),
                rating=self.column("rating"),
                published=self.column("published"),
                now=day * DAY,
            )
        return self._derived[key]


def _empty(name: str) -> np.ndarray:
    kind = FACTS[name]
    return np.zeros((*kind.shape, 0), dtype=kind.base)


def _longer(column: np.ndarray, capacity: int) -> np.ndarray:
    longer = np.zeros((*column.shape[:-1], capacity), dtype=column.dtype)
    longer[..., : column.shape[-1]] = column
    return longer
