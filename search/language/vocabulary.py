"""The words that documents have, kept in each process, and which of them a typed word may mean."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from math import log2
from threading import RLock

import numpy as np

from search.indexing.documents import ABOUT, KIND, NAME, TEXT, is_pair
from search.language.edit_distance import distance, slips_allowed
from search.language.normalizing import is_arabic, is_quantity, stem
from search.language.phonetics import apart, skeleton
from search.models import SearchWord

# Words that stand in names, kinds, makers and places: only these may stand for another spelling.
_TELLING = 0xFF ^ TEXT
_NAMING = _TELLING ^ ABOUT
_KINDS = sum(KIND.values())
MOST_BEGUN = 12
MOST_HEARD = 8
MOST_MEANT = 6
SHORTEST_BEGINNING = 2
# Sounds further apart than this are other words.
_SAME_ENOUGH = 0.65
_SHORTEST_MISHEARD = 4


class Vocabulary:
    """All known words. Reading and asking may happen in several threads."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._first: int | None = None
        self._forget()

    def _forget(self) -> None:
        self.known: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self._last = 0
        self._phrases: set[str] | None = None
        # Words that name something in the lexicon only, with where documents have them.
        self._lent: dict[str, int] = {}
        self._sorted: list[str] = []
        self._by_sound: dict[str, list[str]] = {}
        self._by_shape: dict[tuple[bool, int], list[str]] = {}
        self._masks: dict[tuple[bool, int], np.ndarray] = {}

    def refresh(self, first: int | None, last: int | None) -> None:
        """Learn the words that came since; all of them when the index was built anew.

        ``first`` and ``last`` are the lowest and highest number of a known word.
        """
        with self.lock:
            # A rebuild writes all words anew, with higher numbers.
            if first != self._first or (last or 0) < self._last:
                self._forget()
                self._first = first
            if (last or 0) > self._last:
                self._read_new()

    def _read_new(self) -> None:
        rows = SearchWord.objects.filter(added__gt=self._last).order_by("added")
        for word, documents, places, added in rows.values_list(
            "word", "documents", "places", "added"
        ):
            self._learn(word, documents, places)
            self._last = added
        self._phrases = None  # What documents said last stands before what the lexicon lends.
        self._sorted = sorted(w for w, p in self.places.items() if p & _TELLING and self.known[w])
        self._masks = {}

    def _learn(self, word: str, documents: int, places: int) -> None:
        was_telling = self.places.get(word, 0) & _TELLING
        self.known[word], self.places[word] = documents, places
        if was_telling or not places & _TELLING or is_quantity(word):
            return
        self._by_shape.setdefault((is_arabic(word), len(word)), []).append(word)
        if key := skeleton(word):
            self._by_sound.setdefault(key, []).append(word)

    def documents(self, word: str) -> int:
        """In about how many documents a stem stands."""
        return self.known.get(word, 0)

    def places_of(self, word: str) -> int:
        """The places where a stem stands in any document, 0 for a word that none has.

        Pairs of words are not learnt; they may stand in any name.
        """
        if is_pair(word):
            return sum(NAME.values())
        return self.places.get(word, 0) if self.known.get(word) else 0

    def is_telling(self, word: str) -> bool:
        """Whether a stem stands in a name, a kind, a maker or a place of some document."""
        return bool(self.places.get(word, 0) & _TELLING)

    def is_naming(self, word: str) -> bool:
        """Whether a stem stands in the name of some listing or kind of goods."""
        return bool(self.places.get(word, 0) & _NAMING)

    def is_kind(self, word: str) -> bool:
        """Whether a stem stands in the name of some kind of goods."""
        return bool(self.places.get(word, 0) & _KINDS)

    def learn_phrases(self, words: set[str]) -> None:
        """Know the words of the lexicon too, so that a slip in one is forgiven."""
        with self.lock:
            if words is self._phrases:
                return
            self._phrases = words
            for word in self._lent.keys() - words:
                self._forget_phrase(word)
            for word in words:
                if not self.is_telling(word):
                    known, places = self.documents(word), self.places.get(word, 0)
                    self._lent[word] = places
                    self._learn(word, known, places | _NAMING)
            self._masks = {}

    def _forget_phrase(self, word: str) -> None:
        places, key = self._lent.pop(word), skeleton(word)
        if self.places.get(word, 0) != places | _NAMING:
            return  # Documents name something so meanwhile.
        self.places[word] = places
        for alike in (self._by_shape[is_arabic(word), len(word)], self._by_sound.get(key, [])):
            if word in alike:
                alike.remove(word)

    def rarity(self, words: Iterable[str]) -> float:
        """How much a word tells: 1 for a rare one. In steps, so that scores keep their order."""
        most = max((self.documents(word) for word in words), default=0)
        return 1 / (1 + int(log2(1 + most)) / 4)

    def begun(self, root: str) -> list[str]:
        """Known words that begin with a stem, the commonest first."""
        if len(root) < SHORTEST_BEGINNING:
            return []
        first = bisect_left(self._sorted, root)
        found = []
        for word in self._sorted[first : first + 2000]:
            if not word.startswith(root):
                break
            if word != root and not is_quantity(word):
                found.append(word)
        return sorted(found, key=lambda w: (-self.known[w], w))[:MOST_BEGUN]

    def heard(self, typed: str) -> list[tuple[str, float]]:
        """Known words that sound like a folded one, with how far they are; the nearest first."""
        key = skeleton(typed)
        same = [(word, apart(typed, word)) for word in self._by_sound.get(key, ())] if key else []
        near = [(word, cost) for word, cost in same if cost <= _SAME_ENOUGH and word != stem(typed)]
        return sorted(near, key=lambda pair: (pair[1], -self.known[pair[0]], pair[0]))[:MOST_HEARD]

    def meant(self, root: str) -> list[tuple[str, int]]:
        """Known words of the same script that a mistyped stem is nearest to, with the slips."""
        allowed = slips_allowed(root)
        arabic = is_arabic(root)
        mask = _mask(root)
        found: list[tuple[str, int]] = []
        for length in range(len(root) - allowed, len(root) + allowed + 1):
            words = self._by_shape.get((arabic, length))
            if not words or not allowed:
                continue
            masks = self._masks_of((arabic, length), words)
            unlike = np.bitwise_count(masks ^ np.uint64(mask))
            for n in np.flatnonzero(unlike <= 2 * allowed):
                slips = distance(root, words[n], most=allowed)
                if slips <= allowed and words[n] != root:
                    found.append((words[n], slips))
        least = min((slips for _, slips in found), default=0)
        best = [(word, slips) for word, slips in found if slips == least]
        return sorted(best, key=lambda pair: self._likelihood(root, pair[0]))[:MOST_MEANT]

    def misheard(self, typed: str) -> list[str]:
        """Known words whose sound is one consonant away: chat spelling with a slip."""
        key = skeleton(typed)
        if len(key) < _SHORTEST_MISHEARD:
            return []
        near = [k for k in self._by_sound if abs(len(k) - len(key)) <= 1 and _one_off(key, k)]
        words = [(apart(typed, word), word) for k in near for word in self._by_sound[k]]
        return [word for cost, word in sorted(words) if cost <= 1 + _SAME_ENOUGH][:MOST_MEANT]

    def _likelihood(self, root: str, word: str) -> tuple[bool, bool, bool, int, str]:
        """Slips seldom hit the first letter or change a letter's place in the alphabet."""
        return (
            not self.places[word] & _NAMING,
            word[:1] != root[:1],
            sorted(word) != sorted(root) and len(word) == len(root),
            -self.known[word],
            word,
        )

    def _masks_of(self, shape: tuple[bool, int], words: list[str]) -> np.ndarray:
        masks = self._masks.get(shape)
        if masks is None or len(masks) != len(words):
            masks = np.fromiter((_mask(word) for word in words), dtype=np.uint64, count=len(words))
            self._masks[shape] = masks
        return masks


@lru_cache(maxsize=200_000)
def _mask(word: str) -> int:
    mask = 0
    for c in word:
        mask |= 1 << (ord(c) & 63)
    return mask


def _one_off(left: str, right: str) -> bool:
    return distance(left, right, most=1) <= 1


VOCABULARY = Vocabulary()
