"""Known words that are spelt or sound like another: candidates for spelling correction."""

import numpy as np

from search.language.edit_distance import allowed_edits, edit_distance
from search.language.normalizing import is_arabic
from search.language.phonetics import phonetic_distance, phonetic_key

# Words that are further apart in sound are different words.
MAX_PHONETIC_DISTANCE = 0.65
_SHORTEST_KEY_WITH_EDIT = 4

# Whether a word is Arabic, and how many letters it has.
Shape = tuple[bool, int]


class SimilarWords:
    """Words by their sound and by their letters."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._by_shape: dict[Shape, list[str]] = {}
        self._masks: dict[Shape, np.ndarray] = {}

    def add(self, word: str) -> None:
        """Make a word a candidate."""
        self._by_shape.setdefault(_shape(word), []).append(word)
        if key := phonetic_key(word):
            self._by_key.setdefault(key, []).append(word)

    def remove(self, word: str) -> None:
        """Let a word no longer be a candidate."""
        words_of_shape = self._by_shape.get(_shape(word), [])
        for words in (words_of_shape, self._by_key.get(phonetic_key(word), [])):
            if word in words:
                words.remove(word)
        self._masks.pop(_shape(word), None)

    def sounding_like(self, word: str) -> list[tuple[str, float]]:
        """Words with the same phonetic key as a normalized word, with their phonetic distance."""
        words = self._by_key.get(phonetic_key(word), ())
        found = [(other, phonetic_distance(word, other)) for other in words]
        return [pair for pair in found if pair[1] <= MAX_PHONETIC_DISTANCE]

    def nearest_spellings(self, stem: str) -> tuple[list[str], int]:
        """Words of the same script at the smallest edit distance allowed, and that distance."""
        found: dict[int, list[str]] = {}
        limit, mask = allowed_edits(stem), np.uint64(_letter_mask(stem))
        for length in range(len(stem) - limit, len(stem) + limit + 1) if limit else ():
            shape = (is_arabic(stem), length)
            words = self._by_shape.get(shape)
            if not words:
                continue
            # Each edit changes at most two of the letters that occur.
            differences = np.bitwise_count(self._letter_masks(shape, words) ^ mask)
            for n in np.flatnonzero(differences <= 2 * limit):
                edits = edit_distance(stem, words[n], limit=limit)
                if edits <= limit and words[n] != stem:
                    found.setdefault(edits, []).append(words[n])
        edits = min(found, default=0)
        return found.get(edits, []), edits

    def nearly_sounding_like(self, word: str) -> list[str]:
        """Words whose phonetic key is one edit away, the nearest in sound first."""
        key = phonetic_key(word)
        if len(key) < _SHORTEST_KEY_WITH_EDIT:
            return []
        found = [
            (phonetic_distance(word, other), other)
            for other_key, words in self._by_key.items()
            if abs(len(other_key) - len(key)) <= 1 and edit_distance(key, other_key, limit=1) <= 1
            for other in words
        ]
        return [other for cost, other in sorted(found) if cost <= 1 + MAX_PHONETIC_DISTANCE]

    def _letter_masks(self, shape: Shape, words: list[str]) -> np.ndarray:
        masks = self._masks.get(shape)
        if masks is None or len(masks) != len(words):
            masks = np.fromiter(map(_letter_mask, words), dtype=np.uint64, count=len(words))
            self._masks[shape] = masks
        return masks


def _shape(word: str) -> Shape:
    return is_arabic(word), len(word)


def _letter_mask(word: str) -> int:
    """The letters that occur, as bits."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
