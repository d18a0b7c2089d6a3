"""Synonyms: words and phrases that mean the same, built in and as staff changed them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from search.language.normalizing import Token, is_arabic, stem, tokenize
from search.language.phonetics import consonant_key, phonetic_distance
from search.models import SynonymGroup

_FILE = Path(__file__).parent.parent / "data" / "synonyms.csv"
MAX_WORDS_IN_PHRASE = 4
_MAX_PHONETIC_DISTANCE = 0.45
_SHORTEST_WITH_ARTICLE = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class SynonymSet:
    """Phrases that mean the same. ``slug`` names a built-in set, and is empty for one of staff.

    Descriptive phrases say how goods are or where they are from, not what they are: listings
    without them may be meant too.
    """

    slug: str
    phrases: tuple[str, ...]
    is_descriptive: bool = False


@cache
def built_in_synonyms() -> dict[str, SynonymSet]:
    """The synonyms that come with the project, by slug."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["slug"]: SynonymSet(
                row["slug"], tuple(row["phrases"].split("|")), row["role"] == "descriptive"
            )
            for row in csv.DictReader(file)
        }


class Synonyms:
    """Synonym sets for look-up by stemmed phrases. ``words`` are the stems of single words."""

    def __init__(self, sets: Iterable[SynonymSet]) -> None:
        self.words: set[str] = set()
        self._descriptive: set[Phrase] = set()
        self._synonyms: dict[Phrase, list[Phrase]] = {}
        self._by_consonants: dict[Phrase, list[Phrase]] = {}
        for synonym_set in sets:
            self._add(synonym_set)

    def _add(self, synonym_set: SynonymSet) -> None:
        phrases = list(dict.fromkeys(stemmed(text) for text in synonym_set.phrases))
        if synonym_set.is_descriptive:
            self._descriptive.update(phrases)
        for phrase in filter(None, phrases):
            if phrase not in self._synonyms:
                key = tuple(consonant_key(word) or word for word in phrase)
                self._by_consonants.setdefault(key, []).append(phrase)
            others = self._synonyms.setdefault(phrase, [])
            others += [p for p in phrases if p and p != phrase and p not in others]
            if len(phrase) == 1:
                self.words.add(phrase[0])

    def of(self, phrase: Phrase) -> list[Phrase]:
        """The synonyms of a stemmed phrase."""
        return self._synonyms.get(phrase, [])

    def is_descriptive(self, phrase: Phrase) -> bool:
        """Whether a stemmed phrase says how goods are, not what they are."""
        return phrase in self._descriptive

    def known_phrase(self, tokens: tuple[Token, ...]) -> Phrase | None:
        """The phrase of several words that tokens spell, or sound like; None if there is none."""
        stems = tuple(token.stem for token in tokens)
        return stems if self.of(stems) else self._phonetic_match(tokens)

    def _phonetic_match(self, tokens: tuple[Token, ...]) -> Phrase | None:
        words = tuple(token.text for token in tokens)
        for variant in (tuple(map(without_article, words)), words):
            key = tuple(consonant_key(word) or stem(word) for word in variant)
            for phrase in self._by_consonants.get(key, ()):
                pairs = zip(variant, phrase, strict=True)
                if max(phonetic_distance(a, b) for a, b in pairs) <= _MAX_PHONETIC_DISTANCE:
                    return phrase
        return None


def without_article(word: str) -> str:
    """A word without the article as Darija writes it: ``lhanout``, ``el3sel``, ``zzit``, لعود."""
    if len(word) < _SHORTEST_WITH_ARTICLE:
        return word
    if is_arabic(word):
        return word[1:] if word[0] == "ل" else word
    if word[:2] in ("el", "al") and word[2] not in "aeiou":
        return word[2:]
    if word[0] == "l" and word[1] not in "aeiouy":
        return word[1:]
    return word[1:] if word[0] == word[1] else word


def stemmed(text: str) -> Phrase:
    """A phrase in stems, at most four."""
    return tuple(stem(word) for word in tokenize(text))[:MAX_WORDS_IN_PHRASE]


NO_SYNONYMS = Synonyms([])


@lru_cache(maxsize=1)
def synonyms_at(_stamp: tuple[object, ...]) -> Synonyms:
    """The synonyms in force; read again when ``_stamp``, the state of the table, is another."""
    return Synonyms(active_synonym_sets())


def active_synonym_sets() -> list[SynonymSet]:
    """The built-in sets that staff did not replace, and the active ones of staff."""
    groups = list(SynonymGroup.objects.order_by("pk"))
    replaced = {group.replaces for group in groups if group.replaces}
    built_in = built_in_synonyms()
    return [
        *(synonym_set for slug, synonym_set in built_in.items() if slug not in replaced),
        *(
            SynonymSet("", tuple(group.phrases), _is_descriptive(group.replaces))
            for group in groups
            if group.is_active
        ),
    ]


def _is_descriptive(slug: str) -> bool:
    synonym_set = built_in_synonyms().get(slug)
    return synonym_set is not None and synonym_set.is_descriptive
