"""What to offer while somebody types: what others asked, shelves, cooperatives, listings."""

import time
from dataclasses import dataclass
from functools import cache, lru_cache

from catalog.categories import CATEGORIES, Category
from search.facet_labels import NAMES_SECONDS, cooperative_names, in_language
from search.indexing.documents import LANGUAGES
from search.language.normalizing import stem, words_of
from search.query import SearchQuery
from search.query_log import common_queries
from search.search import search

SHORTEST = 2
LONGEST = 60
MOST_OF_A_KIND = 3
MOST_LISTINGS = 4


@dataclass(frozen=True)
class Suggestion:
    """Something to go to: a ``kind`` (query, category, cooperative, listing) and its name."""

    kind: str
    value: str
    label: str
    note: str = ""


def suggestions(text: str, *, language: str, market: str) -> list[Suggestion]:
    """At most thirteen suggestions for the beginning of a question, in any script."""
    text = text[:LONGEST].strip()
    typed = [stem(word) for word in words_of(text)]
    if len(text) < SHORTEST or not typed:
        return []
    found = search(
        SearchQuery(text=text, language=language, market=market, page_size=MOST_LISTINGS)
    )
    listings = [
        Suggestion(
            "listing",
            hit.listing.slug,
            hit.listing.name(language),
            hit.listing.cooperative_name(language),
        )
        for hit in found.hits
    ]
    return [
        *(
            Suggestion("query", query, query)
            for query in common_queries(text, market=market, language=language)[:MOST_OF_A_KIND]
        ),
        *_shelves(typed, language),
        *_cooperatives(typed, language),
        *listings,
    ]


def _shelves(typed: list[str], language: str) -> list[Suggestion]:
    found = [
        Suggestion("category", shelf.slug, shelf.name(language))
        for shelf, names in _words_of_shelves()
        if any(_begins(typed, words) for words in names)
    ]
    return found[:MOST_OF_A_KIND]


def _cooperatives(typed: list[str], language: str) -> list[Suggestion]:
    known = words_of_cooperatives(int(time.monotonic() / NAMES_SECONDS))
    found = [
        Suggestion("cooperative", slug, in_language(names, language))
        for slug, names, words in known
        if any(_begins(typed, each) for each in words)
    ]
    return sorted(found, key=lambda s: s.label)[:MOST_OF_A_KIND]


def _begins(typed: list[str], words: str) -> bool:
    """Whether each typed word begins a word of a name."""
    return all(f" {part}" in words for part in typed)


@cache
def _words_of_shelves() -> list[tuple[Category, list[str]]]:
    return [(shelf, [_words(shelf.name(lang)) for lang in LANGUAGES]) for shelf in CATEGORIES]


@lru_cache(maxsize=1)
def words_of_cooperatives(now: int) -> list[tuple[str, dict[str, str], list[str]]]:
    """Slug, names and their words of all that sell; kept, as there is no time at each key."""
    names = cooperative_names(now)
    return [(slug, named, list(map(_words, named.values()))) for slug, named in names.items()]


def _words(name: str) -> str:
    """The stems of a name, a blank before each."""
    return "".join(f" {stem(word)}" for word in words_of(name))
