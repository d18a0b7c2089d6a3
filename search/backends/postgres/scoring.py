"""Which documents have the words of a plan, and how much their text is worth."""

from dataclasses import dataclass

import numpy as np

from search.backends.postgres.reader import Reader
from search.documents import KIND, NAME
from search.plan import (
    ENOUGH_OF_THE_BEST,
    PLACE_WORTH,
    QUANTITY,
    WHOLE_KIND,
    WHOLE_NAME,
    Group,
    Plan,
    Way,
)

_WORTH = np.array(PLACE_WORTH, dtype=np.float32)
_LANGUAGES = ("ar", "fr", "en")


@dataclass
class Matched:
    """Documents that fit the words, rising, with what their text is worth (0 to about 1.5)."""

    numbers: np.ndarray
    worth: np.ndarray
    is_relaxed: bool = False
    places: tuple[tuple[str, np.ndarray], ...] = ()

    def lacking(self, number: int) -> list[str]:
        """The words of the query that a document lacks."""
        return [typed for typed, where in self.places if not where[number]]


def match(reader: Reader, plan: Plan, sold_here: np.ndarray) -> Matched:
    """All documents that a market sells and that have every word; if none has, those with most."""
    if not plan.groups:
        numbers = np.flatnonzero(sold_here) if plan.is_browsing else np.empty(0, dtype=np.int64)
        return Matched(numbers, np.zeros(len(numbers), dtype=np.float32))
    size = reader.size
    total = np.zeros(size, dtype=np.float32)
    having = np.zeros(size, dtype=np.uint8)
    places: list[tuple[str, np.ndarray]] = []
    needed = 0
    for group in plan.groups:
        worth, where = _group(reader, group, size)
        if group.is_quantity:
            total += np.float32(QUANTITY) * (worth > 0)
            continue
        needed += 1
        total += np.float32(group.weight) * worth
        having += worth > 0
        places.append((group.typed, where))
    fit = sold_here & (having == needed)
    numbers = np.flatnonzero(fit)
    relaxed = False
    if not len(numbers) and needed > 1:
        numbers = np.flatnonzero(sold_here & (having > 0))
        if len(numbers):
            best = total[numbers]
            numbers = numbers[best >= ENOUGH_OF_THE_BEST * best.max()]
        relaxed = True
    if not needed:
        numbers = np.flatnonzero(sold_here & (total > 0))
    worth = total[numbers] + _coverage(reader, [where for _, where in places], numbers)
    return Matched(numbers, worth, relaxed, tuple(places))


def _group(reader: Reader, group: Group, size: int) -> tuple[np.ndarray, np.ndarray]:
    """What a group is worth in each document, and where it stands there."""
    worth, where = _way(reader, group.ways[0], size)
    for way in group.ways[1:]:
        other, there = _way(reader, way, size)
        np.maximum(worth, other, out=worth)
        where |= there
    return worth, where


def _way(reader: Reader, way: Way, size: int) -> tuple[np.ndarray, np.ndarray]:
    total = np.zeros(size, dtype=np.float32)
    where = np.zeros(size, dtype=np.uint8)
    everywhere: np.ndarray | None = None
    for part in way.parts:
        best = np.zeros(size, dtype=np.float32)
        # From the worst spelling to the best, so that the best one's worth stays.
        for word, factor in reversed(part.spellings):
            numbers, places = reader.postings(word)
            if len(numbers):
                worth = np.float32(factor) * _WORTH[places]
                best[numbers] = np.maximum(best[numbers], worth)
                where[numbers] |= places
        if len(way.parts) == 1:
            return best * np.float32(way.factor), where
        total += best
        everywhere = best > 0 if everywhere is None else everywhere & (best > 0)
    if everywhere is not None:
        total[~everywhere] = 0
        where[~everywhere] = 0
    return total * np.float32(way.factor / len(way.parts)), where


def _coverage(reader: Reader, places: list[np.ndarray], numbers: np.ndarray) -> np.ndarray:
    """More for a name, and a kind's name, that is the query and little else."""
    added = np.zeros(len(numbers), dtype=np.float32)
    if not places or not len(numbers):
        return added
    here = [where[numbers] for where in places]
    for bits, lengths, weight in (
        (NAME, reader.column("names")[numbers], WHOLE_NAME),
        (KIND, reader.column("kinds_of")[numbers], WHOLE_KIND),
    ):
        best = np.zeros(len(numbers), dtype=np.float32)
        for n, language in enumerate(_LANGUAGES):
            count = np.zeros(len(numbers), dtype=np.float32)
            for where in here:
                count += (where & bits[language]) > 0
            length = lengths[:, n].astype(np.float32)
            share = 2 * count / (len(here) + np.maximum(length, count))
            np.maximum(best, share, out=best)
        # In quarters: that one name is a word longer than another says little.
        best = np.floor(best * 4 + 1e-4) / 4
        added += np.float32(weight) * best
    return added
