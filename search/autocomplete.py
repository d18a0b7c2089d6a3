"""Autocomplete: suggestions while somebody types a query."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from catalog.categories import CATEGORIES, Category
from catalog.markets import market_of
from catalog.models import ListingPage
from catalog.queries.rows import sold_by_id
from search.catalogue_words import catalogue_spelling
from search.facet_labels import NAMES_SECONDS, cooperative_names, in_language
from search.indexing.documents import LANGUAGES
from search.language.normalizing import stems
from search.query import SearchQuery
from search.query_log import common_queries
from search.search import search

SHORTEST_TEXT = 2
MAX_PREFIX_LENGTH = 60
MAX_OF_A_KIND = 3
MAX_LISTINGS = 4
# A query is checked against the listings again after so long.
OFFERED_SECONDS = 60


@dataclass(frozen=True)
class Suggestion:
    """Something to open: its ``kind`` (query, category, cooperative, listing) and its name."""

    kind: str
    value: str
    label: str
    note: str = ""


def suggestions(text: str, *, language: str, market: str) -> list[Suggestion]:
    """At most thirteen suggestions for the beginning of a query, in any script."""
    text = text[:MAX_PREFIX_LENGTH].strip()
    typed = stems(text)
    if len(text) < SHORTEST_TEXT or not typed:
        return []
    return [
        *_queries(text, language, market),
        *_categories(typed, language),
        *_cooperatives(typed, language),
        *_listings(text, language, market),
    ]


def _queries(text: str, language: str, market: str) -> list[Suggestion]:
    """What several others searched, in the spelling of a listing that has all its words now."""
    common = common_queries(text, market=market, language=language)
    if not common:
        return []
    known = {key for keys in common.values() for key in keys}
    listings = sold_by_id(list(known), market_of(market).channel_slug)
    spelt = (
        _spelling(query, [listings[key] for key in keys if key in listings], language, market)
        for query, keys in common.items()
    )
    shown = list(islice(dict.fromkeys(filter(None, spelt)), MAX_OF_A_KIND))
    return [Suggestion("query", query, query) for query in shown]


def _spelling(query: str, listings: Sequence[ListingPage], language: str, market: str) -> str:
    """As a listing that had its words before spells it now; else as any other does."""
    if spelt := catalogue_spelling(query, listings):
        return spelt.text
    return offered_spelling(query, language, market, int(time.monotonic() / OFFERED_SECONDS))


@lru_cache(maxsize=4_000)
def offered_spelling(text: str, language: str, market: str, _minute: int) -> str:
    """A query in the catalogue's spelling, empty if no published listing has all its words."""
    query = SearchQuery(
        text=text, language=language, market=market, page_size=MAX_LISTINGS, is_fair=False
    )
    results = search(query)
    found = () if results.is_relaxed else (hit.listing for hit in results.hits)
    spelt = catalogue_spelling(text, found)
    return spelt.text if spelt else ""


def _listings(text: str, language: str, market: str) -> list[Suggestion]:
    query = SearchQuery(text=text, language=language, market=market, page_size=MAX_LISTINGS)
    listings = (hit.listing for hit in search(query).hits)
    return [
        Suggestion(
            "listing",
            listing.slug,
            listing.name(language),
            listing.cooperative_name(language),
        )
        for listing in listings
    ]


def _categories(typed: list[str], language: str) -> list[Suggestion]:
    found = [
        Suggestion("category", category.slug, category.name(language))
        for category, names in _stemmed_categories()
        if any(_begins(typed, words) for words in names)
    ]
    return found[:MAX_OF_A_KIND]


def _cooperatives(typed: list[str], language: str) -> list[Suggestion]:
    found = [
        Suggestion("cooperative", slug, in_language(names, language))
        for slug, names, stemmed in stemmed_cooperatives(int(time.monotonic() / NAMES_SECONDS))
        if any(_begins(typed, words) for words in stemmed)
    ]
    return sorted(found, key=lambda suggestion: suggestion.label)[:MAX_OF_A_KIND]


def _begins(typed: list[str], words: str) -> bool:
    """Whether each typed stem begins a word of a name."""
    return all(f" {stem}" in words for stem in typed)


@cache
def _stemmed_categories() -> list[tuple[Category, list[str]]]:
    return [
        (category, [_stemmed(category.written_name(language)) for language in LANGUAGES])
        for category in CATEGORIES
    ]


@lru_cache(maxsize=1)
def stemmed_cooperatives(half_minute: int) -> list[tuple[str, dict[str, str], list[str]]]:
    """Slug, names and stemmed names of all cooperatives that sell, cached as for each key typed."""
    return [
        (slug, names, [_stemmed(name) for name in names.values()])
        for slug, names in cooperative_names(half_minute).items()
    ]


def _stemmed(name: str) -> str:
    """The stems of a name, a space before each."""
    return "".join(f" {stem}" for stem in stems(name))
