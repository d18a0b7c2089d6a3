"""Which texts consist of the catalogue's own words, and how the catalogue spells them.

What strangers type is shown to others only in words that a published listing has: in its names, its
cooperative's, its place, category or kind of goods, materials and marks. Descriptions do not count.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from catalog.categories import find_category
from catalog.materials import names_in
from catalog.models import ListingPage
from catalog.taxonomy import find_listing_type
from search.indexing.documents import LANGUAGES
from search.language.normalizing import STOP_WORDS, normalize
from vendors import geography

MAX_WORDS = 8
_PUNCTUATION = "().,،؛:;«»\"'’!?؟–—-*#@<>=+[]{}|/\\"


class Spelt(NamedTuple):
    """A text as a listing spells it."""

    listing_id: UUID
    text: str


def catalogue_spelling(text: str, listings: Iterable[ListingPage]) -> Spelt | None:
    """A normalized text as the first listing spells it that has all its words; None if none has.

    A text that repeats a word (but "of" and its like), has more than eight, or only such words, is
    not spelt.
    """
    words = text.split()
    said = [word for word in words if word not in STOP_WORDS]
    if not said or len(words) > MAX_WORDS or len(set(said)) < len(said):
        return None
    for listing in listings:
        spelt = _spelt_words(listing)
        if all(word in spelt for word in said):
            written = " ".join(spelt.get(word, word) for word in words)
            return Spelt(listing.listing_id, written)
    return None


def _spelt_words(listing: ListingPage) -> dict[str, str]:
    """The words of a listing, normalized, with the spelling of their first occurrence."""
    found: dict[str, str] = {}
    own = (
        *listing.names.values(),
        *listing.cooperative_names.values(),
        *listing.place_names.values(),
        *listing.quality_marks,
        *listing.own_materials.values(),
        listing.net_quantity,
    )
    for text in own:
        _add(found, _spelt(text))
    for spelt in _shared(listing.category_slug, listing.taxonomy_slug, listing.region_code):
        _add(found, spelt)
    for code in listing.material_codes:
        _add(found, _material(code))
    return found


def _add(found: dict[str, str], spelt: Iterable[tuple[str, str]]) -> None:
    for word, written in spelt:
        found.setdefault(word, written)


@lru_cache(maxsize=2_000)
def _material(code: str) -> list[tuple[str, str]]:
    return [
        word
        for language in LANGUAGES
        for name in names_in([code], language)
        for word in _spelt(name)
    ]


@lru_cache(maxsize=2_000)
def _shared(category: str, kind: str, region: str) -> list[list[tuple[str, str]]]:
    """The words that listings share: of their category, kind of goods and region."""
    named = [named for named in (find_category(category), find_listing_type(kind)) if named]
    texts = [each.written_name(language) for each in named for language in LANGUAGES]
    texts += [geography.region_name(region, language) for language in LANGUAGES]
    return [_spelt(text) for text in texts]


def _spelt(text: str) -> list[tuple[str, str]]:
    """Each word of a text, normalized, with its spelling; one that becomes several is left out."""
    words = ((normalize(word), _written(word)) for word in text.split())
    return [(word, written) for word, written in words if word and " " not in word]


def _written(word: str) -> str:
    """A word as it is shown: no punctuation around it, nothing invisible in it."""
    return "".join(filter(str.isprintable, word)).strip(_PUNCTUATION).lower()
