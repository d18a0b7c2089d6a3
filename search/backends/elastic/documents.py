"""The source of a document, as the server stores it."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.backends.elastic.terms import (
    KIND_LENGTHS,
    NAME_LENGTHS,
    field_groups,
    field_term,
    name_term,
)
from search.indexing.documents import Document
from search.indexing.ratings import ratings_of
from search.ranking.signals import DAY, rating_signal, sales_signal

# The largest length that the mapping's type holds, rounded down.
MAX_NAME_LENGTH = 100
# Fields whose values have no order.
_UNORDERED = ("words", "placed", "named")


def source_of(document: Document) -> dict[str, Any]:
    """The source of a document; the fields are those of ``mapping.ListingDocument``."""
    return {
        "tie": tie_of(document),
        **_terms(document.words),
        "lengths": {
            **dict(zip(NAME_LENGTHS.values(), _lengths(document.name_lengths), strict=True)),
            **dict(zip(KIND_LENGTHS.values(), _lengths(document.kind_lengths), strict=True)),
        },
        **_facets(document),
        "published": document.published,
        "published_day": document.published // DAY,
        "quality": document.quality,
        "rating": rating_signal(document.score),
        "amount": {market: price.amount_minor for market, price in document.prices.items()},
        "available": {market: price.available for market, price in document.prices.items()},
        "sold": document.sold,
        "sales": {market: sales_signal(sold) for market, sold in document.sold.items()},
    }


def is_same(stored: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    """Whether two sources are equal, whatever the order of their terms."""
    return stored.keys() == made.keys() and all(
        set(stored[name]) == set(value) if name in _UNORDERED else stored[name] == value
        for name, value in made.items()
    )


def tie_of(document: Document) -> int:
    """A stable number that breaks ties between documents, small enough to be exact in JSON."""
    return document.listing_id.int & (2**52 - 1)


def _terms(words: Mapping[str, int]) -> dict[str, list[str]]:
    return {
        "words": list(words),
        "placed": [field_term(stem, field_groups(fields)) for stem, fields in words.items()],
        "named": [
            name_term(stem, bit)
            for stem, fields in words.items()
            for bit in (*NAME_LENGTHS, *KIND_LENGTHS)
            if fields & bit
        ],
    }


def _lengths(lengths: Iterable[int]) -> list[int]:
    return [min(length, MAX_NAME_LENGTH) for length in lengths]


def _facets(document: Document) -> dict[str, Any]:
    values = {
        "categories": document.category,
        "countries": document.country,
        "regions": document.region,
        "provinces": document.province,
        "sectors": document.sector,
        "kinds": document.kind,
        "cooperatives": document.cooperative,
        "marks": sorted(set(document.marks)),
        "materials": sorted(set(document.materials)),
        "ships_to": sorted(document.prices),
        "ratings": list(ratings_of(document.score)),
    }
    return {name: value for name, value in values.items() if value}
