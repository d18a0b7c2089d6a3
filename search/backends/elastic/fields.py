"""A document as the server keeps it.

``placed`` has each word with the kinds of place where it stands (a digit: 1 name, 2 kind of goods,
4 about, 8 description), which decide what it is worth; ``named`` has the words of names and of
kinds' names, once for each language.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from search.indexing.documents import ABOUT, KIND, LANGUAGES, NAME, TEXT, Document
from search.language.query_plan import place_worth
from search.ranking.signals import DAY, sales_of

# Between a word and its digit; words have only letters and digits.
_BETWEEN = "|"
_KINDS_OF_PLACE = (sum(NAME.values()), sum(KIND.values()), ABOUT, TEXT)
# Bit of a place → the field of its name's length.
NAMES = {NAME[lang]: f"name_{lang}" for lang in LANGUAGES}
KINDS = {KIND[lang]: f"kind_{lang}" for lang in LANGUAGES}
_LONGEST = 100
_WORDS = ("words", "placed", "named")


def kinds_of_place(places: int) -> int:
    """Which kinds of place there are among places, as bits: name, kind, about, description."""
    return sum(1 << n for n, bits in enumerate(_KINDS_OF_PLACE) if places & bits)


def _places(kinds: int) -> int:
    return sum(bits for n, bits in enumerate(_KINDS_OF_PLACE) if kinds & 1 << n)


# Kinds of place → what a word is worth that stands in just these.
WORTHS = tuple(place_worth(_places(kinds)) for kinds in range(16))


def placed(word: str, kinds: int) -> str:
    """The term of a word that stands in just these kinds of place."""
    return f"{word}{_BETWEEN}{kinds:x}"


def named(word: str, bit: int) -> str:
    """The term of a word that stands in a name, or a kind's name, of a language."""
    return f"{word}{_BETWEEN}{bit.bit_length()}"


def source_of(document: Document) -> dict[str, Any]:
    """The body of a document."""
    words = document.words
    return {
        "tie": tie_of(document),
        "words": list(words),
        "placed": [placed(word, kinds_of_place(places)) for word, places in words.items()],
        "named": [
            named(word, bit)
            for word, places in words.items()
            for bit in (*NAMES, *KINDS)
            if places & bit
        ],
        "lengths": {
            **dict(zip(NAMES.values(), _lengths(document.name_lengths), strict=True)),
            **dict(zip(KINDS.values(), _lengths(document.kind_lengths), strict=True)),
        },
        **_facets(document),
        "published": document.published,
        "published_day": document.published // DAY,
        "quality": document.quality,
        "amount": {market: price.amount_minor for market, price in document.prices.items()},
        "available": {market: price.available for market, price in document.prices.items()},
        "sold": document.sold,
        "sales": {market: sales_of(sold) for market, sold in document.sold.items()},
    }


def is_same(kept: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    """Whether two bodies say the same; the order of a document's words says nothing."""
    return kept.keys() == made.keys() and all(
        set(kept[name]) == set(told) if name in _WORDS else kept[name] == told
        for name, told in made.items()
    )


def tie_of(document: Document) -> int:
    """A number that tells equal documents apart, and stays; exact in JSON's numbers too."""
    return document.listing_id.int & (2**52 - 1)


def _lengths(lengths: Iterable[int]) -> list[int]:
    return [min(length, _LONGEST) for length in lengths]


def _facets(document: Document) -> dict[str, Any]:
    values = {
        "categories": document.category,
        "regions": document.region,
        "provinces": document.province,
        "sectors": document.sector,
        "kinds": document.kind,
        "cooperatives": document.cooperative,
        "marks": sorted(set(document.marks)),
        "materials": sorted(set(document.materials)),
        "ships_to": sorted(document.prices),
    }
    return {name: value for name, value in values.items() if value}
