"""Filters that the words of a query name: a shelf, a region, a province."""

from collections.abc import Iterator, Sequence
from functools import cache

from catalog.categories import CATEGORIES
from search.language.normalizing import is_arabic, stem, words_of
from search.language.query_plan import Offered
from vendors import geography

Phrase = tuple[str, ...]
_LANGUAGES = ("ar", "fr", "en")
LONGEST = 4


def filters_named(typed: Sequence[str]) -> Iterator[Offered]:
    """The filters that folded words name, each with the words that are left without it."""
    stems = [stem(word) for word in typed]
    taken: set[tuple[str, str]] = set()
    for length in range(min(LONGEST, len(stems)), 0, -1):
        for at in range(len(stems) - length + 1):
            for facet, value in _names().get(tuple(stems[at : at + length]), ()):
                if (facet, value) not in taken:
                    taken.add((facet, value))
                    yield Offered(facet, value, " ".join([*typed[:at], *typed[at + length :]]))


@cache
def _names() -> dict[Phrase, list[tuple[str, str]]]:
    names: dict[Phrase, list[tuple[str, str]]] = {}
    for text, facet, value in _texts():
        phrase = tuple(stem(word) for word in words_of(text))
        found = names.setdefault(phrase, [])
        if phrase and (facet, value) not in found:
            found.append((facet, value))
    names.pop((), None)
    return names


def _texts() -> Iterator[tuple[str, str, str]]:
    for shelf in CATEGORIES:
        for language in _LANGUAGES:
            yield shelf.name(language), "categories", shelf.slug
            for word in _alone(shelf.name(language)):
                yield word, "categories", shelf.slug
    for country in ("MA", "EG", "TN", "SN", "JO"):
        for region in geography.regions(country):
            for language in _LANGUAGES:
                yield region.name(language), "regions", region.code
                for part in region.name(language).split("-"):
                    yield part, "regions", region.code
    for province in geography.provinces():
        for language in ("ar", "fr"):
            yield province.name(language), "provinces", province.code


def _alone(name: str) -> list[str]:
    """The goods of a shelf's name: ``Honey and syrups`` is also honey."""
    words = words_of(name)
    if len(words) == 2 and is_arabic(name):  # noqa: PLR2004
        return [words[0]] if words[1].startswith("و") else []
    for joint in (" et ", " and ", ","):
        if joint in name:
            return [name.split(joint, 1)[0]]
    return []
