"""Find in this process's copy of the index."""

import time
from collections.abc import Sequence
from uuid import UUID, uuid4

import numpy as np

from catalog.markets import market_of
from search.backends.interface import Build, Found, Ranked
from search.backends.postgres import facets, writer
from search.backends.postgres.reader import Reader
from search.backends.postgres.scoring import Matched, match
from search.filters import FACETS, FILTERS
from search.indexing.documents import Document
from search.indexing.facts import Codes
from search.language.query_plan import STEP, Plan
from search.models import Generation, SearchDocument
from search.new_cooperatives import new_since
from search.prices import price_edges
from search.query import SearchQuery, Sort
from search.ranking.signals import DAY


class PostgresBackend:
    """The backend that needs nothing but the database that is there anyway."""

    deepest = 10**9

    def __init__(self) -> None:
        self.reader = Reader()

    def find(self, query: SearchQuery, plan: Plan, *, first: int) -> Found:
        """Count everything, and rank the ``first`` documents of the query's order."""
        reader = self.reader
        with reader.lock:
            reader.refresh()
            reader.fetch(plan.words)
            slot = facets.slot_of(reader, market_of(query.market))
            if slot is None:
                return Found()
            try:
                matched = match(reader, plan, slot)
            except BaseException:
                # What was being added up must not stay for the next question.
                reader.clear_scratch()
                raise
            found = self._answer(query, matched, slot, first)
            reader.trim()
        return found

    def _answer(self, query: SearchQuery, matched: Matched, slot: int, first: int) -> Found:
        filters = facets.Filters(self.reader, query, matched.numbers, slot)
        low, high = facets.price_bounds(filters)
        mask = filters.all_but()
        total = len(matched.numbers) if mask is None else int(np.count_nonzero(mask))
        in_stock = filters.all_but("in_stock")
        available = filters.available if in_stock is None else filters.available[in_stock]
        ranked = self._ranked(query, matched, filters, mask, slot, first)
        return Found(
            matched=len(matched.numbers),
            total=total,
            is_relaxed=matched.is_relaxed,
            lacking=tuple(matched.lacking(ranked[0].place[2]))
            if matched.is_relaxed and ranked
            else (),
            facets={name: filters.counts(name) for name in FACETS},
            in_stock=int(np.count_nonzero(available)),
            without={} if total else {name: filters.without(name) for name in FILTERS},
            price_low=low,
            price_high=high,
            price_steps=facets.price_counts(filters, price_edges(low, high)),
            ranked=ranked,
        )

    def _ranked(
        self,
        query: SearchQuery,
        matched: Matched,
        filters: facets.Filters,
        mask: np.ndarray | None,
        slot: int,
        first: int,
    ) -> list[Ranked]:
        reader = self.reader
        fit = None if mask is None else np.flatnonzero(mask)
        numbers = matched.numbers if fit is None else matched.numbers[fit]
        worth = matched.worth if fit is None else matched.worth[fit]
        amounts = filters.amounts if fit is None else filters.amounts[fit]
        steps = np.floor(worth / STEP + 1e-4).astype(np.int32)
        extras = reader.extras(slot, int(time.time()) // DAY)[numbers]
        published = reader.column("published")
        keys = _keys(query.sort, steps, extras, amounts, published, numbers)
        order = _first(keys, numbers, first)
        makers = reader.column("cooperatives")[numbers[order]]
        values = reader.codes.values.get("cooperatives", {})
        is_new = reader.first_published[makers] >= new_since()
        places = zip(
            keys[0][order].tolist(), keys[1][order].tolist(), numbers[order].tolist(), strict=True
        )
        rows = zip(
            _ids(reader.listing_ids[numbers[order]]),
            [values[maker] for maker in makers.tolist()],
            places,
            steps[order].tolist(),
            extras[order].tolist(),
            is_new.tolist(),
            strict=True,
        )
        return list(map(Ranked._make, rows))

    def put(self, documents: Sequence[Document], gone: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""
        codes = Codes()
        codes.read()
        writer.put(codes, documents, gone)

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those of which the live generation does not have the words and facts."""
        codes = Codes()
        codes.read()
        return writer.differing(codes, documents)

    def build(self) -> Build:
        """Begin a new generation beside the live one."""
        return self.building(Generation.objects.create(key=uuid4()).key.hex)

    def building(self, handle: str) -> Build:
        """A generation that was begun, perhaps by another process."""
        codes = Codes()
        codes.read()
        return writer.PostgresBuild(codes, UUID(handle))

    def tidy(self) -> None:
        """Merge the words of changed documents; forget builds that were killed."""
        writer.merge()
        writer.remove(writer.dead_builds())

    def count(self) -> int:
        """How many documents can be found."""
        return SearchDocument.objects.filter(generation__is_live=True, is_gone=False).count()

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""
        rows = SearchDocument.objects.filter(generation__is_live=True, is_gone=False)
        return set(rows.values_list("listing_id", flat=True))


def _ids(listing_ids: np.ndarray) -> list[bytes]:
    raw = listing_ids.tobytes()
    return [raw[at : at + 16] for at in range(0, len(raw), 16)]


def _keys(
    sort: Sort | str,
    steps: np.ndarray,
    extras: np.ndarray,
    amounts: np.ndarray,
    published: np.ndarray,
    numbers: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Two numbers a document by which it is ordered, the smaller first."""
    by_step, by_extra = -steps.astype(np.float64), -np.round(extras.astype(np.float64), 4)
    worth = by_step + by_extra / 2
    if sort == Sort.NEWEST:
        return -published[numbers].astype(np.float64), worth
    if sort == Sort.CHEAPEST:
        return amounts.astype(np.float64), worth
    if sort == Sort.DEAREST:
        return -amounts.astype(np.float64), worth
    return by_step, by_extra


def _first(keys: tuple[np.ndarray, np.ndarray], numbers: np.ndarray, count: int) -> np.ndarray:
    """The first documents of an order, by their place among those that fit."""
    kept = np.arange(len(numbers))
    if len(numbers) > count:
        # All before the edge, and of those on it the best by the second number; equals of the
        # last one are kept too, so that they are told apart fully.
        edge = np.partition(keys[0], count - 1)[count - 1]
        before = np.flatnonzero(keys[0] < edge)
        on = np.flatnonzero(keys[0] == edge)
        if len(on) > (room := count - len(before)):
            second = keys[1][on]
            on = on[second <= np.partition(second, room - 1)[room - 1]]
        kept = np.concatenate([before, on])
    by = np.lexsort((numbers[kept], keys[1][kept], keys[0][kept]))
    return kept[by][:count]
