"""The first documents of a query's order."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.backends.interface import RankedDocument
from search.backends.postgres.facets import Filters
from search.backends.postgres.reader import Reader
from search.backends.postgres.scoring import TextMatches
from search.language.query_plan import SCORE_STEP
from search.query import Sort
from search.ranking.signals import DAY, near_signal

# Scores are single precision: a step is reached although rounding falls short of it.
_ROUNDING = 1e-4
_ID_BYTES = 16


@dataclass(frozen=True)
class Candidates:
    """Documents that pass the filters, with what orders them; arrays of the same length."""

    numbers: np.ndarray
    steps: np.ndarray
    signals: np.ndarray
    amounts: np.ndarray


def rank(
    reader: Reader,
    matches: TextMatches,
    filters: Filters,
    *,
    slot: int,
    sort: Sort,
    nearness: Mapping[str, float],
    limit: int,
) -> list[RankedDocument]:
    """The first ``limit`` documents that pass the filters, in order."""
    candidates = _candidates(reader, matches, filters, slot, nearness)
    keys = _sort_keys(reader, candidates, sort)
    order = _first(keys, candidates.numbers, limit)
    return _documents(reader, candidates, keys, order)


def _candidates(
    reader: Reader,
    matches: TextMatches,
    filters: Filters,
    slot: int,
    nearness: Mapping[str, float],
) -> Candidates:
    numbers, scores, amounts = matches.numbers, matches.scores, filters.amounts
    mask = filters.all_but()
    if mask is not None:
        passing = np.flatnonzero(mask)
        numbers, scores, amounts = numbers[passing], scores[passing], amounts[passing]
    return Candidates(
        numbers,
        np.floor(scores / SCORE_STEP + _ROUNDING).astype(np.int32),
        reader.columns.signal_scores(
            slot, int(time.time()) // DAY, _near_by_code(reader, nearness)
        )[numbers],
        amounts,
    )


def _near_by_code(reader: Reader, nearness: Mapping[str, float]) -> list[float]:
    """The signal of each country, at the place of its code."""
    values = reader.codes.values.get("countries", {})
    return [near_signal(values.get(n, ""), nearness) for n in range(max(values, default=0) + 1)]


def _sort_keys(reader: Reader, candidates: Candidates, sort: Sort) -> tuple[np.ndarray, np.ndarray]:
    """Two numbers for each document to order by, the smaller first."""
    by_step = -candidates.steps.astype(np.float64)
    by_signals = -np.round(candidates.signals.astype(np.float64), 4)
    by_score = by_step + by_signals / 2
    if sort == Sort.NEWEST:
        published = reader.columns.column("published")[candidates.numbers]
        return -published.astype(np.float64), by_score
    if sort == Sort.CHEAPEST:
        return candidates.amounts.astype(np.float64), by_score
    if sort == Sort.DEAREST:
        return -candidates.amounts.astype(np.float64), by_score
    return by_step, by_signals


def _first(keys: tuple[np.ndarray, np.ndarray], numbers: np.ndarray, limit: int) -> np.ndarray:
    """The first documents of an order, by their index among the candidates."""
    kept = np.arange(len(numbers))
    if len(numbers) > limit:
        # All before the edge, and of those on it the best by the second key; all that equal the
        # last of these are kept too, so that document numbers can break the tie.
        edge = np.partition(keys[0], limit - 1)[limit - 1]
        before = np.flatnonzero(keys[0] < edge)
        on_edge = np.flatnonzero(keys[0] == edge)
        if len(on_edge) > (room := limit - len(before)):
            second = keys[1][on_edge]
            on_edge = on_edge[second <= np.partition(second, room - 1)[room - 1]]
        kept = np.concatenate([before, on_edge])
    by = np.lexsort((numbers[kept], keys[1][kept], keys[0][kept]))
    return kept[by][:limit]


def _documents(
    reader: Reader,
    candidates: Candidates,
    keys: tuple[np.ndarray, np.ndarray],
    order: np.ndarray,
) -> list[RankedDocument]:
    columns = reader.columns
    numbers = candidates.numbers[order]
    cooperatives = columns.column("cooperatives")[numbers]
    slugs = reader.codes.values.get("cooperatives", {})
    sort_keys = zip(keys[0][order].tolist(), keys[1][order].tolist(), numbers.tolist(), strict=True)
    rows = zip(
        _raw_ids(columns.listing_ids[numbers]),
        [slugs[code] for code in cooperatives.tolist()],
        sort_keys,
        candidates.steps[order].tolist(),
        candidates.signals[order].tolist(),
        columns.first_published[cooperatives].tolist(),
        strict=True,
    )
    return list(map(RankedDocument._make, rows))


def _raw_ids(listing_ids: np.ndarray) -> list[bytes]:
    raw = listing_ids.tobytes()
    return [raw[at : at + _ID_BYTES] for at in range(0, len(raw), _ID_BYTES)]
