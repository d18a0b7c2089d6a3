"""Exact counts: each facet over the documents that pass every other filter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from search.backends.interface import PriceCount
from search.backends.postgres.reader import Reader
from search.filters import FACETS
from search.indexing.facts import MULTI_VALUED
from search.prices import counted_ranges, price_edges
from search.query import SearchQuery


@dataclass(frozen=True)
class PriceCounts:
    """The lowest and highest price in minor units, and the documents in each range between."""

    lowest: int | None
    highest: int | None
    ranges: list[PriceCount]


class Filters:
    """Which of the matching documents pass each filter in force."""

    def __init__(self, reader: Reader, query: SearchQuery, numbers: np.ndarray, slot: int) -> None:
        self.columns = reader.columns
        self.codes = reader.codes
        self.numbers = numbers
        # All documents need not be picked.
        self._is_all = len(numbers) == reader.columns.size
        self.amounts = self._pick(self.columns.of_market("amounts", slot))
        self.available = self._pick(self.columns.of_market("available", slot))
        self._passes: dict[str, np.ndarray] = {}
        for name in FACETS:
            if chosen := getattr(query, name):
                self._passes[name] = self._has_any(name, chosen)
        if query.price_min_minor is not None or query.price_max_minor is not None:
            self._passes["price"] = self._is_between(query.price_min_minor, query.price_max_minor)
        if query.in_stock:
            self._passes["in_stock"] = self.available > 0

    def _has_any(self, name: str, values: tuple[str, ...]) -> np.ndarray:
        codes = [c for v in values if (c := self.codes.code(name, v)) is not None]
        if name in MULTI_VALUED:
            bits = sum(1 << code for code in codes)
            passing = np.array([s & bits != 0 for s in self.columns.sets[name]], dtype=bool)
            passes: np.ndarray = passing[self._pick(self.columns.set_ids(name))]
            return passes
        column = self._pick(self.columns.column(name))
        return np.isin(column, np.array(codes, dtype=column.dtype))

    def _is_between(self, low: int | None, high: int | None) -> np.ndarray:
        passes = np.ones(len(self.numbers), dtype=bool)
        if low is not None:
            passes &= self.amounts >= low
        if high is not None:
            passes &= self.amounts <= high
        return passes

    def _pick(self, column: np.ndarray) -> np.ndarray:
        return column if self._is_all else column[self.numbers]

    def all_but(self, name: str = "") -> np.ndarray | None:
        """Which documents pass all filters but one; None if all do."""
        passes = [mask for other, mask in self._passes.items() if other != name]
        return np.logical_and.reduce(passes) if passes else None

    def counts(self, name: str) -> dict[str, int]:
        """How many documents have each value of a facet, and pass the other filters."""
        is_set = name in MULTI_VALUED
        column = self.columns.set_ids(name) if is_set else self.columns.column(name)
        column = self._pick(column)
        mask = self.all_but(name)
        if mask is not None:
            column = column[mask]
        counted = np.bincount(column, minlength=1)
        codes = np.flatnonzero(counted)
        counts = zip(codes.tolist(), counted[codes].tolist(), strict=True)
        if is_set:
            return self._counts_of_members(name, counts)
        values = self.codes.values.get(name, {})
        return {value: count for code, count in counts if (value := values.get(code))}

    def _counts_of_members(self, name: str, counts: Iterable[tuple[int, int]]) -> dict[str, int]:
        """How many documents have a value, from how many have each set of values."""
        found: Counter[str] = Counter()
        values = self.codes.values.get(name, {})
        for number, count in counts:
            bits = self.columns.sets[name][number] if count else 0
            while bits:
                code = (bits & -bits).bit_length() - 1
                bits &= bits - 1
                if value := values.get(code):
                    found[value] += count
        return dict(found)

    def count_without(self, name: str = "") -> int:
        """How many documents pass all filters but one."""
        mask = self.all_but(name)
        return len(self.numbers) if mask is None else int(np.count_nonzero(mask))

    def in_stock_count(self) -> int:
        """How many documents in stock pass the other filters."""
        mask = self.all_but("in_stock")
        available = self.available if mask is None else self.available[mask]
        return int(np.count_nonzero(available))

    def price_counts(self) -> PriceCounts:
        """The prices of what passes the other filters."""
        mask = self.all_but("price")
        amounts = self.amounts if mask is None else self.amounts[mask]
        if not len(amounts):
            return PriceCounts(None, None, [])
        low, high = int(amounts.min()), int(amounts.max())
        edges = price_edges(low, high)
        ranges = np.searchsorted(edges, amounts, side="right")
        counts = np.bincount(ranges, minlength=len(edges) + 1)
        return PriceCounts(low, high, counted_ranges(edges, counts.tolist()))
