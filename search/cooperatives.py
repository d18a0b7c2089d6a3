"""Cooperatives by name or place, as forgiving of spelling and script as the search of goods."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from search.language.normalizing import stems
from search.language.similar_words import SimilarWords
from vendors import queries as vendors

MOST = 200
_SHORTEST_BEGINNING = 2
# What a word of a name is worth that is not the word typed but begins with it, sounds like it, or
# is one letter away.
_BEGINS, _ALIKE, _SPELT = 0.9, 0.8, 0.7

Names = tuple[tuple[UUID, tuple[str, ...]], ...]


def cooperatives_named(text: str) -> tuple[UUID, ...]:
    """Published cooperatives with all words of a text in their names or places, best first.

    Where none has all, those with most of them; at most 200. Empty for a text without words.
    """
    typed = stems(text)
    index = _index_of(vendors.public_names())
    scores: dict[UUID, list[float]] = {}
    for word in dict.fromkeys(typed):
        for cooperative, score in index.with_word(word).items():
            scores.setdefault(cooperative, []).append(score)
    most = max(map(len, scores.values()), default=0)
    found = [(-sum(each), str(pk), pk) for pk, each in scores.items() if len(each) == most]
    return tuple(pk for _score, _tie, pk in sorted(found)[:MOST])


@lru_cache(maxsize=2)
def _index_of(names: Names) -> "_Index":
    return _Index(names)


class _Index:
    """The words of names, and who has them."""

    def __init__(self, names: Names) -> None:
        self._having: dict[str, set[UUID]] = {}
        self._similar = SimilarWords()
        for cooperative, texts in names:
            for word in set().union(*map(stems, texts)):
                if word not in self._having:
                    self._similar.add(word)
                self._having.setdefault(word, set()).add(cooperative)

    def with_word(self, typed: str) -> dict[UUID, float]:
        """Who has a word or one that it may stand for, and how well it does."""
        found = self._those_with(self._close_to(typed))
        return found or self._those_with(
            (word, _SPELT) for word in self._similar.nearest_spellings(typed)[0]
        )

    def _close_to(self, typed: str) -> Iterable[tuple[str, float]]:
        if typed in self._having:
            yield typed, 1.0
        if len(typed) >= _SHORTEST_BEGINNING:
            yield from ((word, _BEGINS) for word in self._having if word.startswith(typed))
        for word, distance in self._similar.sounding_like(typed):
            yield word, _ALIKE - distance / 10

    def _those_with(self, words: Iterable[tuple[str, float]]) -> dict[UUID, float]:
        found: dict[UUID, float] = {}
        for word, score in words:
            for cooperative in self._having[word]:
                found[cooperative] = max(found.get(cooperative, 0.0), score)
        return found
