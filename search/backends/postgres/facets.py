"""Exact counts: each facet over the documents that fit every other filter."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from catalog.markets import Market
from search.backends.postgres.reader import Reader
from search.filters import FACETS
from search.indexing.facts import SETS
from search.prices import counted_ranges
from search.query import SearchQuery


class Filters:
    """Which of the matched documents pass each filter in force."""

    def __init__(self, reader: Reader, query: SearchQuery, numbers: np.ndarray, slot: int) -> None:
        self.reader = reader
        self.numbers = numbers
        # All documents need no picking out.
        self.is_all = len(numbers) == reader.size
        self.amounts = self._here(reader.of_market("amounts", slot))
        self.available = self._here(reader.of_market("available", slot))
        self.passes: dict[str, np.ndarray] = {}
        for name in FACETS:
            if chosen := getattr(query, name):
                self.passes[name] = self._chosen(name, chosen)
        low, high = query.price_min_minor, query.price_max_minor
        if low is not None or high is not None:
            passes = np.ones(len(numbers), dtype=bool)
            if low is not None:
                passes &= self.amounts >= low
            if high is not None:
                passes &= self.amounts <= high
            self.passes["price"] = passes
        if query.in_stock:
            self.passes["in_stock"] = self.available > 0

    def _chosen(self, name: str, values: tuple[str, ...]) -> np.ndarray:
        codes = [c for v in values if (c := self.reader.codes.code(name, v)) is not None]
        if name in SETS:
            bits = sum(1 << code for code in codes)
            having = np.array([value & bits != 0 for value in self.reader.sets[name]], dtype=bool)
            has: np.ndarray = having[self._here(self.reader.set_ids[name][: self.reader.size])]
            return has
        column = self._here(self.reader.column(name))
        return np.isin(column, np.array(codes, dtype=column.dtype))

    def _here(self, column: np.ndarray) -> np.ndarray:
        return column if self.is_all else column[self.numbers]

    def all_but(self, name: str = "") -> np.ndarray | None:
        """Who passes all filters but one; None if everybody does."""
        passes = [mask for other, mask in self.passes.items() if other != name]
        return np.logical_and.reduce(passes) if passes else None

    def counts(self, name: str) -> dict[str, int]:
        """How many documents have each value of a facet, and fit the other filters."""
        reader = self.reader
        column = reader.set_ids[name][: reader.size] if name in SETS else reader.column(name)
        column = self._here(column)
        mask = self.all_but(name)
        if mask is not None:
            column = column[mask]
        counted = np.bincount(column, minlength=1)
        codes = np.flatnonzero(counted)
        counts = zip(codes.tolist(), counted[codes].tolist(), strict=True)
        if name in SETS:
            return self._in_sets(name, counts)
        values = reader.codes.values.get(name, {})
        return {value: count for code, count in counts if (value := values.get(code))}

    def _in_sets(self, name: str, counts: Iterable[tuple[int, int]]) -> dict[str, int]:
        """How many documents have a value, from how many have each set of values."""
        found: Counter[str] = Counter()
        values = self.reader.codes.values.get(name, {})
        for number, count in counts:
            bits = self.reader.sets[name][number] if count else 0
            while bits:
                code = (bits & -bits).bit_length() - 1
                bits &= bits - 1
                if value := values.get(code):
                    found[value] += count
        return dict(found)

    def without(self, name: str) -> int:
        """How many documents fit when one filter is dropped."""
        mask = self.all_but(name)
        return len(self.numbers) if mask is None else int(np.count_nonzero(mask))


def price_bounds(filters: Filters) -> tuple[int | None, int | None]:
    """The lowest and highest price among what fits the other filters."""
    mask = filters.all_but("price")
    amounts = filters.amounts if mask is None else filters.amounts[mask]
    return (int(amounts.min()), int(amounts.max())) if len(amounts) else (None, None)


def price_counts(filters: Filters, edges: list[int]) -> list[tuple[int | None, int | None, int]]:
    """How many documents lie between neighbouring edges (the lower one included)."""
    mask = filters.all_but("price")
    amounts = filters.amounts if mask is None else filters.amounts[mask]
    places = np.bincount(np.searchsorted(edges, amounts, side="right"), minlength=len(edges) + 1)
    return counted_ranges(edges, places.tolist())


def slot_of(reader: Reader, market: Market) -> int | None:
    """Where a market's prices stand in the facts; None if nothing is sold there."""
    return reader.codes.code("ships_to", market.code)
