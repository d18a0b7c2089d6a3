"""Words and phrases that mean the same: the built-in lexicon, and what staff made of it."""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from search.language.normalizing import is_arabic, stem, words_of
from search.language.phonetics import apart, consonants
from search.models import SynonymGroup

_DATA = Path(__file__).parent.parent / "data" / "lexicon.csv"
LONGEST_PHRASE = 4
_SOUNDS_THE_SAME = 0.45

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """A group of phrases. ``slug`` names it in the built-in lexicon, or is empty.

    Those that ``qualify`` say how goods are or where they are from, not what they are: a listing
    without them may be meant too.
    """

    slug: str
    phrases: tuple[str, ...]
    qualify: bool = False


@cache
def built_in() -> dict[str, Synonyms]:
    """The lexicon that comes with the project, by slug."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {
            row["slug"]: Synonyms(
                row["slug"], tuple(row["phrases"].split("|")), row["role"] == "qualifier"
            )
            for row in csv.DictReader(file)
        }


class Lexicon:
    """Phrases in stems, and what else says the same."""

    def __init__(self, groups: list[Synonyms]) -> None:
        self.words: set[str] = set()
        self._qualifiers: set[Phrase] = set()
        self._same: dict[Phrase, list[Phrase]] = {}
        self._by_sound: dict[Phrase, list[Phrase]] = {}
        for group in groups:
            phrases = list(dict.fromkeys(stemmed(text) for text in group.phrases))
            if group.qualify:
                self._qualifiers.update(phrases)
            for phrase in filter(None, phrases):
                if phrase not in self._same:
                    key = tuple(consonants(word) or word for word in phrase)
                    self._by_sound.setdefault(key, []).append(phrase)
                others = self._same.setdefault(phrase, [])
                others += [p for p in phrases if p and p != phrase and p not in others]
                if len(phrase) == 1:
                    self.words.add(phrase[0])

    def same_as(self, phrase: Phrase) -> list[Phrase]:
        """Other phrases that mean the same as stems do."""
        return self._same.get(phrase, [])

    def qualifies(self, phrase: Phrase) -> bool:
        """Whether a phrase in stems says how goods are, not what they are."""
        return phrase in self._qualifiers

    def heard_as(self, typed: Phrase) -> Phrase | None:
        """The phrase of several words that sounds like folded words; None if there is none."""
        readings = [tuple(without_article(word) for word in typed), typed]
        for reading in readings:
            key = tuple(consonants(word) or stem(word) for word in reading)
            for phrase in self._by_sound.get(key, ()):
                costs = [apart(a, b) for a, b in zip(reading, phrase, strict=True)]
                if max(costs) <= _SOUNDS_THE_SAME:
                    return phrase
        return None


def without_article(word: str) -> str:
    """A word without the Arabic article as it is heard: ``lhanout``, ``el3sel``, ``zzit``, لعود."""
    if len(word) < 4:  # noqa: PLR2004
        return word
    if is_arabic(word):
        return word[1:] if word[0] == "ل" else word
    if word[:2] in ("el", "al") and word[2] not in "aeiou":
        return word[2:]
    if word[0] == "l" and word[1] not in "aeiouy":
        return word[1:]
    return word[1:] if word[0] == word[1] else word


def stemmed(text: str) -> Phrase:
    """A phrase in stems."""
    return tuple(stem(word) for word in words_of(text))[:LONGEST_PHRASE]


NOTHING = Lexicon([])


@lru_cache(maxsize=1)
def lexicon_at(_stamp: tuple[object, ...]) -> Lexicon:
    """The lexicon in force, made anew when the stamp of what staff wrote is another."""
    return Lexicon(groups_in_force())


def groups_in_force() -> list[Synonyms]:
    """The built-in groups that staff did not replace, and the active ones of staff."""
    written = list(SynonymGroup.objects.order_by("pk"))
    replaced = {group.replaces for group in written if group.replaces}
    kept = [group for slug, group in built_in().items() if slug not in replaced]
    qualifiers = {slug for slug, group in built_in().items() if group.qualify}
    return kept + [
        Synonyms("", tuple(g.phrases), g.replaces in qualifiers) for g in written if g.is_active
    ]
