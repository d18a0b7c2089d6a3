"""Which documents have the words of a plan, and how much their text is worth.

Everything is kept for the documents that have a word, not for all; adding up happens in the
reader's scratch arrays, of which only the places of those documents are touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.backends.postgres.reader import Having, Reader
from search.indexing.documents import KIND, NAME
from search.language.query_plan import (
    ENOUGH_OF_THE_BEST,
    EXTRA,
    PLACE_WORTH,
    WHOLE_KIND,
    WHOLE_NAME,
    Group,
    Part,
    Plan,
    Way,
)

_WORTH = np.array(PLACE_WORTH, dtype=np.float32)
_LANGUAGES = ("ar", "fr", "en")
_ONE = np.uint8(1)


@dataclass
class Matched:
    """Documents that fit the words, rising, with what their text is worth (0 to about 1.5)."""

    numbers: np.ndarray
    worth: np.ndarray
    is_relaxed: bool = False
    groups: tuple[tuple[str, Having], ...] = ()

    def lacking(self, number: int) -> list[str]:
        """The words of the query that a document lacks."""
        return [typed for typed, having in self.groups if not (having.numbers == number).any()]


_NOTHING = Having(
    np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32), np.empty(0, dtype=np.uint8)
)


def match(reader: Reader, plan: Plan, slot: int) -> Matched:
    """All documents that a market sells and that have every word; if none has, those with most."""
    sold = reader.sold_in(slot)
    if not plan.groups:
        numbers = np.flatnonzero(sold) if plan.is_browsing else _NOTHING.numbers
        return Matched(numbers, np.zeros(len(numbers), dtype=np.float32))
    groups = [(group.typed, _group(reader, group)) for group in plan.groups if _counts(group)]
    extras = [_group(reader, group) for group in plan.groups if group.is_extra]
    weights = [group.weight for group in plan.groups if _counts(group)]
    scratch = reader.scratch
    for (_, having), weight in zip(groups, weights, strict=True):
        np.add.at(scratch.total, having.numbers, np.float32(weight) * having.worth)
        np.add.at(scratch.count, having.numbers, _ONE)
    for having in extras:
        np.add.at(scratch.total, having.numbers, np.float32(EXTRA))
    all_having = [having for _, having in groups]
    numbers, relaxed = _fitting(reader, all_having or extras, sold, len(groups))
    worth = scratch.total[numbers]
    for having in (*all_having, *extras):
        scratch.clear(having.numbers, scratch.total, scratch.count)
    if relaxed and len(numbers):
        numbers, worth = _nearly_the_best(numbers, worth)
    worth = worth + _coverage(reader, all_having, numbers)
    return Matched(numbers, worth, relaxed, tuple(groups))


def _counts(group: Group) -> bool:
    return not group.is_extra


def _fitting(
    reader: Reader, found: Sequence[Having], sold: np.ndarray, needed: int
) -> tuple[np.ndarray, bool]:
    """Those with everything; if there are none, those with something."""
    fewest = min(found, key=lambda having: len(having.numbers)).numbers
    if needed:
        fit = fewest[sold[fewest] & (reader.scratch.count[fewest] == needed)]
        if len(fit) or needed == 1:
            return fit, False
    some = np.flatnonzero(reader.scratch.total[: reader.size] > 0)
    some = some[sold[some]]
    return (some[reader.scratch.count[some] > 0], True) if needed else (some, False)


def _nearly_the_best(numbers: np.ndarray, worth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    enough = worth >= ENOUGH_OF_THE_BEST * worth.max()
    return numbers[enough], worth[enough]


def _group(reader: Reader, group: Group) -> Having:
    """What has a group by any of its ways, each document by its best."""
    if len(group.ways) == 1:
        return _way(reader, group.ways[0])
    known = reader.summed.get(group.ways)
    if known is None:
        known = _best(reader, [_way(reader, way) for way in group.ways])
        reader.summed.put(group.ways, known)
    return known


def _way(reader: Reader, way: Way) -> Having:
    """What has all parts of a way; its worth is their mean."""
    parts = [_part(reader, part) for part in way.parts]
    if len(parts) == 1:
        factor = np.float32(way.factor)
        one = parts[0]
        return one if way.factor == 1 else Having(one.numbers, one.worth * factor, one.places)
    scratch = reader.scratch
    for part in parts:
        np.add.at(scratch.count, part.numbers, _ONE)
        np.add.at(scratch.worth, part.numbers, part.worth)
        scratch.places[part.numbers] |= part.places
    fewest = min(parts, key=lambda part: len(part.numbers)).numbers
    numbers = fewest[scratch.count[fewest] == len(parts)]
    share = np.float32(way.factor / len(parts))
    having = Having(numbers, scratch.worth[numbers] * share, scratch.places[numbers])
    for part in parts:
        scratch.clear(part.numbers, scratch.count, scratch.worth, scratch.places)
    return having


def _part(reader: Reader, part: Part) -> Having:
    """What has a word in any of its spellings, each document by the best."""
    known = reader.summed.get(part)
    if known is None:
        known = _best(reader, [_spelled(reader, *spelling) for spelling in part.spellings])
        reader.summed.put(part, known)
    return known


def _spelled(reader: Reader, word: str, factor: float) -> Having:
    numbers, places = reader.postings(word)
    return Having(numbers, np.float32(factor) * _WORTH[places], places)


def _best(reader: Reader, found: Sequence[Having]) -> Having:
    found = [having for having in found if len(having.numbers)]
    if len(found) <= 1:
        return found[0] if found else _NOTHING
    scratch = reader.scratch
    for having in found:
        numbers = having.numbers
        np.maximum.at(scratch.worth, numbers, having.worth)
        scratch.places[numbers] |= having.places
    numbers = np.flatnonzero(scratch.places[: reader.size] != 0)
    made = Having(numbers, scratch.worth[numbers], scratch.places[numbers])
    scratch.clear(numbers, scratch.worth, scratch.places)
    return made


def _places(reader: Reader, having: Having, numbers: np.ndarray) -> np.ndarray:
    """Where something stands in given documents."""
    if having.numbers is numbers:
        return having.places
    scratch = reader.scratch
    scratch.places[having.numbers] = having.places
    here: np.ndarray = scratch.places[numbers]
    scratch.clear(having.numbers, scratch.places)
    return here


def _coverage(reader: Reader, groups: Sequence[Having], numbers: np.ndarray) -> np.ndarray:
    """More for a name, and a kind's name, that is the query and little else."""
    added = np.zeros(len(numbers), dtype=np.float32)
    if not groups or not len(numbers):
        return added
    here = [_places(reader, having, numbers) for having in groups]
    anywhere = np.bitwise_or.reduce([int(np.bitwise_or.reduce(places)) for places in here])
    for bits, fact, weight in ((NAME, "names", WHOLE_NAME), (KIND, "kinds_of", WHOLE_KIND)):
        best = np.zeros(len(numbers), dtype=np.float32)
        for n, language in enumerate(_LANGUAGES):
            if not anywhere & bits[language]:
                continue
            bit = np.uint8(bits[language])
            count = np.sum([(places & bit) > 0 for places in here], axis=0, dtype=np.float32)
            length = reader.in_language(fact, n)[numbers].astype(np.float32)
            share = 2 * count / (len(here) + np.maximum(length, count))
            np.maximum(best, share, out=best)
        # In quarters: that one name is a word longer than another says little.
        added += np.float32(weight) * (np.floor(best * 4 + 1e-4) / 4)
    return added
