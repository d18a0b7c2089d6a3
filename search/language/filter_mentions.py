"""Filters that words of a query name: a category, a region, a province."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from catalog.categories import CATEGORIES
from search.language.normalizing import Token, is_arabic, stem, tokenize
from search.language.query_plan import FilterMention
from search.language.typed_text import without_name
from vendors import geography

Phrase = tuple[str, ...]
_LANGUAGES = ("ar", "fr", "en")
MAX_WORDS_IN_NAME = 4
_COUNTRIES = ("MA", "EG", "TN", "SN", "JO")
# An Arabic name of two goods is two words, the second with «و» for "and".
_TWO_WORDS = 2


class FilterValue(NamedTuple):
    """A value of a facet."""

    facet: str
    value: str


def filter_mentions(tokens: Sequence[Token], text: str) -> Iterator[FilterMention]:
    """The filters that tokens of a text name, longest names first, each with what remains of it."""
    stems = [token.stem for token in tokens]
    known: set[FilterValue] = set()
    for length in range(min(MAX_WORDS_IN_NAME, len(stems)), 0, -1):
        for start in range(len(stems) - length + 1):
            name = tuple(stems[start : start + length])
            for value in _values_by_name().get(name, ()):
                if value not in known:
                    known.add(value)
                    yield FilterMention(*value, without_name(text, name))


@cache
def _values_by_name() -> dict[Phrase, list[FilterValue]]:
    values: dict[Phrase, list[FilterValue]] = {}
    for name, value in _names():
        phrase = tuple(stem(word) for word in tokenize(name))
        if phrase and value not in values.setdefault(phrase, []):
            values[phrase].append(value)
    return values


def _names() -> Iterator[tuple[str, FilterValue]]:
    """The names of categories, regions and provinces, and the usual shorter forms of them."""
    for category in CATEGORIES:
        value = FilterValue("categories", category.slug)
        for name in map(category.name, _LANGUAGES):
            yield from ((text, value) for text in (name, *_first_item(name)))
    for region in (region for country in _COUNTRIES for region in geography.regions(country)):
        value = FilterValue("regions", region.code)
        for name in map(region.name, _LANGUAGES):
            yield from ((text, value) for text in (name, *name.split("-")))
    for province in geography.provinces():
        value = FilterValue("provinces", province.code)
        yield from ((province.name(language), value) for language in ("ar", "fr"))


def _first_item(category_name: str) -> list[str]:
    """The first goods that a category's name lists: ``Honey and syrups`` is also honey."""
    words = tokenize(category_name)
    if len(words) == _TWO_WORDS and is_arabic(category_name):
        return [words[0]] if words[1].startswith("و") else []
    for conjunction in (" et ", " and ", ","):
        if conjunction in category_name:
            return [category_name.split(conjunction, 1)[0]]
    return []
