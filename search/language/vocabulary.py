"""The words that occur in documents, kept in each process, and how common each is."""

from bisect import bisect_left
from collections.abc import Iterable
from math import log2
from threading import RLock

from search.indexing.documents import ABOUT, KIND, NAME, is_pair
from search.language.normalizing import is_quantity, stem
from search.language.similar_words import SimilarWords
from search.models import SearchWord

NAMES = sum(NAME.values())
KIND_NAMES = sum(KIND.values())
# Words that occur in these fields, not only in descriptions, may be meant by another spelling.
_IDENTIFYING = NAMES | KIND_NAMES | ABOUT
MAX_COMPLETIONS = 12
MAX_SOUNDING_LIKE = 8
MAX_CORRECTIONS = 6
SHORTEST_PREFIX = 2
# No more words than these are looked at for a prefix.
_MAX_SCANNED = 2000


class Vocabulary:
    """All known stems. ``lock`` is held while it changes and while a query is parsed with it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._first_number: int | None = None
        self._clear()

    def _clear(self) -> None:
        self._counts: dict[str, int] = {}
        self._fields: dict[str, int] = {}
        self._last_number = 0
        self._synonym_words: set[str] | None = None
        # Words that are known as synonyms only, with the fields where documents have them.
        self._borrowed: dict[str, int] = {}
        self._sorted: list[str] = []
        self._similar = SimilarWords()

    def refresh(self, first_number: int | None, last_number: int | None) -> None:
        """Read the words that were added; all of them when the index was rebuilt.

        The numbers are the lowest and the highest of a word in the database.
        """
        with self.lock:
            # A rebuild writes all words again, with higher numbers.
            if first_number != self._first_number or (last_number or 0) < self._last_number:
                self._clear()
                self._first_number = first_number
            if (last_number or 0) > self._last_number:
                self._read_new()

    def _read_new(self) -> None:
        rows = SearchWord.objects.filter(number__gt=self._last_number).order_by("number")
        columns = ("word", "document_count", "fields", "number")
        for word, document_count, fields, number in rows.values_list(*columns):
            self._add(word, document_count, fields)
            self._last_number = number
        # Synonyms are added again: what documents say of a word goes before.
        self._synonym_words = None
        self._sorted = sorted(
            word for word in self._fields if self.is_identifying(word) and self._counts[word]
        )

    def _add(self, word: str, document_count: int, fields: int) -> None:
        was_identifying = self.is_identifying(word)
        self._counts[word], self._fields[word] = document_count, fields
        if not was_identifying and fields & _IDENTIFYING and not is_quantity(word):
            self._similar.add(word)

    def use_synonyms(self, words: set[str]) -> None:
        """Know the words of synonyms too, so that their spelling is corrected as well."""
        with self.lock:
            if words is self._synonym_words:
                return
            self._synonym_words = words
            for word in self._borrowed.keys() - words:
                self._remove_borrowed(word)
            for word in words:
                if not self.is_identifying(word):
                    fields = self._fields.get(word, 0)
                    self._borrowed[word] = fields
                    self._add(word, self.document_count(word), fields | NAMES | KIND_NAMES)

    def _remove_borrowed(self, word: str) -> None:
        fields = self._borrowed.pop(word)
        if self._fields.get(word, 0) == fields | NAMES | KIND_NAMES:
            self._fields[word] = fields
            self._similar.remove(word)

    def document_count(self, word: str) -> int:
        """In about how many documents a stem occurs."""
        return self._counts.get(word, 0)

    def fields_of(self, word: str) -> int:
        """The fields in which a stem occurs in any document; 0 for a word that none has.

        Pairs of words are not in the vocabulary; they may occur in any name.
        """
        if is_pair(word):
            return NAMES
        return self._fields.get(word, 0) if self._counts.get(word) else 0

    def is_identifying(self, word: str) -> bool:
        """Whether a stem occurs in any field but the description."""
        return bool(self._fields.get(word, 0) & _IDENTIFYING)

    def is_in_names(self, word: str) -> bool:
        """Whether a stem occurs in the name of a listing or of a kind of goods."""
        return bool(self._fields.get(word, 0) & (NAMES | KIND_NAMES))

    def is_in_kind_names(self, word: str) -> bool:
        """Whether a stem occurs in the name of a kind of goods."""
        return bool(self._fields.get(word, 0) & KIND_NAMES)

    def rarity(self, words: Iterable[str]) -> float:
        """Inverse document frequency, 1 for a rare word; in steps, so that scores keep their order.

        Of several words the most common one decides.
        """
        count = max((self.document_count(word) for word in words), default=0)
        return 1 / (1 + int(log2(1 + count)) / 4)

    def completions(self, prefix: str) -> list[str]:
        """Known words that begin with a stem, the most common first."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        start = bisect_left(self._sorted, prefix)
        found = []
        for word in self._sorted[start : start + _MAX_SCANNED]:
            if not word.startswith(prefix):
                break
            if word != prefix and not is_quantity(word):
                found.append(word)
        return sorted(found, key=lambda word: (-self._counts[word], word))[:MAX_COMPLETIONS]

    def sounding_like(self, word: str) -> list[tuple[str, float]]:
        """Known words that sound like a normalized one, with their phonetic distance."""
        found = [pair for pair in self._similar.sounding_like(word) if pair[0] != stem(word)]
        found.sort(key=lambda pair: (pair[1], -self._counts[pair[0]], pair[0]))
        return found[:MAX_SOUNDING_LIKE]

    def corrections(self, misspelt: str) -> tuple[list[str], int]:
        """Known words of the same script nearest to a misspelt stem, and their edit distance."""
        words, edits = self._similar.nearest_spellings(misspelt)
        return sorted(words, key=lambda w: self._unlikeliness(misspelt, w))[:MAX_CORRECTIONS], edits

    def phonetic_corrections(self, word: str) -> list[str]:
        """Known words whose sound is one consonant away: chat spelling with a typing error."""
        return self._similar.nearly_sounding_like(word)[:MAX_CORRECTIONS]

    def _unlikeliness(self, misspelt: str, word: str) -> tuple[bool, bool, bool, int, str]:
        """Order of corrections: typing errors seldom hit the first letter; most swap letters."""
        return (
            not self.is_in_names(word),
            word[:1] != misspelt[:1],
            sorted(word) != sorted(misspelt) and len(word) == len(misspelt),
            -self._counts[word],
            word,
        )


VOCABULARY = Vocabulary()
