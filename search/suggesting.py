"""What to offer while somebody types: what others asked, shelves, cooperatives, listings."""

import time
from dataclasses import dataclass

from catalog.categories import CATEGORIES
from search.fold import stem, words_of
from search.labels import NAMES_SECONDS, cooperative_names, in_language
from search.learning import common_queries
from search.queries import SearchQuery, search

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
        for shelf in CATEGORIES
        if any(_begins(typed, shelf.name(lang)) for lang in ("ar", "fr", "en"))
    ]
    return found[:MOST_OF_A_KIND]


def _cooperatives(typed: list[str], language: str) -> list[Suggestion]:
    names = cooperative_names(int(time.monotonic() / NAMES_SECONDS))
    found = [
        Suggestion("cooperative", slug, in_language(named, language))
        for slug, named in names.items()
        if any(_begins(typed, name) for name in named.values())
    ]
    return sorted(found, key=lambda s: s.label)[:MOST_OF_A_KIND]


def _begins(typed: list[str], name: str) -> bool:
    """Whether each typed word begins a word of the name."""
    words = [stem(word) for word in words_of(name)]
    return all(any(word.startswith(part) for word in words) for part in typed)
