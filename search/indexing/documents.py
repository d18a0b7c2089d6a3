"""Search documents: the words of a listing with the fields where they occur, and its facts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from catalog.markets import MARKETS
from catalog.models import ListingPage
from catalog.taxonomy import find_listing_type
from search.indexing.field_names import category_names, material_names, region_names
from search.indexing.materials import materials_of
from search.language.normalizing import normalize, stem, tokenize
from vendors import geography

MAX_WORD_LENGTH = 60
MAX_WORDS_IN_DOCUMENT = 600

# The fields where a word occurs, one bit each: the listing's name and the name of its kind of
# goods in each language; what describes it (cooperative, place, category, marks, materials); and
# its description.
NAME = {"ar": 1, "fr": 2, "en": 4}
KIND = {"ar": 8, "fr": 16, "en": 32}
ABOUT, TEXT = 64, 128
LANGUAGES = ("ar", "fr", "en")
_MARKET_OF_CHANNEL = {market.channel_slug: market.code for market in MARKETS}
_SEVERAL_PICTURES = 3


class OfferRow(NamedTuple):
    """An offer's channel, its price in minor units, and how many there are."""

    channel_slug: str
    amount_minor: int
    available: int


@dataclass(frozen=True)
class Price:
    """The offer to show of a listing in a market, in minor units of the market's currency."""

    amount_minor: int
    available: int


class PageFacts(NamedTuple):
    """What a document is built from; fields are those of ``ListingPage``."""

    listing_id: UUID
    cooperative_slug: str
    cooperative_names: dict[str, str]
    country_code: str
    region_code: str
    place_names: dict[str, str]
    sector: str
    kind: str
    category_slug: str
    taxonomy_slug: str
    material_codes: list[str]
    own_materials: dict[str, str]
    quality_marks: list[str]
    net_quantity: str
    names: dict[str, str]
    descriptions: dict[str, str]
    media: list[Any]
    score: int | None
    published_at: datetime | None


@dataclass
class Document:
    """A listing as search knows it.

    ``words`` maps a stem to the bits of the fields where it occurs, and pairs of stems that are
    adjacent in a name (``adjacent_pairs``) likewise. ``name_lengths`` and ``kind_lengths`` count
    the words of the name and of the kind's name in Arabic, French, English. ``published`` is in
    Unix seconds, ``quality`` 0 to 1, ``score`` hundredths of a star, ``sold`` pieces by market.
    """

    listing_id: UUID
    words: dict[str, int]
    category: str
    country: str
    region: str
    province: str
    sector: str
    kind: str
    cooperative: str
    marks: tuple[str, ...]
    materials: tuple[str, ...]
    prices: dict[str, Price]
    published: int
    quality: float
    score: int | None
    name_lengths: tuple[int, ...]
    kind_lengths: tuple[int, ...]
    cooperative_names: dict[str, str] = field(default_factory=dict)
    sold: dict[str, int] = field(default_factory=dict)


def document_of(page: PageFacts | ListingPage, offers: Iterable[OfferRow]) -> Document:
    """The search document of a published listing."""
    words, name_lengths = _words(page)
    return Document(
        listing_id=page.listing_id,
        words=words,
        category=page.category_slug,
        country=page.country_code,
        region=page.region_code,
        province=_province(page.region_code, page.place_names.get("fr", "")),
        sector=page.sector,
        kind=page.kind,
        cooperative=page.cooperative_slug,
        marks=tuple(page.quality_marks),
        materials=materials_of(page.material_codes, page.own_materials.values()),
        prices=prices_of(offers),
        published=int(page.published_at.timestamp()) if page.published_at else 0,
        quality=_quality(page),
        score=page.score,
        name_lengths=name_lengths,
        kind_lengths=_kind_lengths(page.taxonomy_slug),
        cooperative_names=page.cooperative_names,
    )


def _words(page: PageFacts | ListingPage) -> tuple[dict[str, int], tuple[int, ...]]:
    """The words of a listing with their fields, and the lengths of its names."""
    words: dict[str, int] = {}
    lengths = dict.fromkeys(LANGUAGES, 0)
    for language, name in page.names.items():
        stems, pairs = _stems_and_pairs(name)
        lengths[language] = len(stems)
        _add(words, stems, NAME.get(language, NAME["en"]))
        _add(words, pairs, NAME.get(language, NAME["en"]))
    for language, stems in zip(LANGUAGES, _kind_names(page.taxonomy_slug), strict=False):
        _add(words, stems, KIND[language])
    _add(words, _about(page), ABOUT)
    for text in page.descriptions.values():
        _add(words, _stems_of_sentences(text), TEXT)
    return words, tuple(lengths[language] for language in LANGUAGES)


def prices_of(offers: Iterable[OfferRow]) -> dict[str, Price]:
    """The cheapest offer in each market; those in stock go before cheaper ones sold out."""
    best: dict[str, Price] = {}
    for channel, amount, available in sorted(offers, key=lambda o: (o[2] <= 0, o[1])):
        if market := _MARKET_OF_CHANNEL.get(channel):
            best.setdefault(market, Price(amount, max(available, 0)))
    return best


def adjacent_pairs(words: Sequence[str]) -> list[str]:
    """Pairs of adjacent normalized words, as a document has those of its names."""
    return [f"{left} {right}"[:MAX_WORD_LENGTH] for left, right in pairwise(map(stem, words))]


def is_pair(word: str) -> bool:
    """Whether this is a pair of adjacent words rather than a word."""
    return " " in word


def _add(words: dict[str, int], found: Collection[str], field_bit: int) -> None:
    known = words.get
    if len(words) + len(found) <= MAX_WORDS_IN_DOCUMENT:
        for word in found:
            words[word] = known(word, 0) | field_bit
        return
    for word in found:
        if word in words or len(words) < MAX_WORDS_IN_DOCUMENT:
            words[word] = known(word, 0) | field_bit


def _about(page: PageFacts | ListingPage) -> set[str]:
    """The words of everything that describes a listing but its names and its description."""
    cooperative = (*page.cooperative_names.values(), *page.place_names.values())
    made_of = tuple(name for code in page.material_codes for name in material_names(code))
    own = (*page.own_materials.values(), page.net_quantity, *page.quality_marks)
    return set().union(
        _stems_of_all((*cooperative, *region_names(page.region_code))),
        _stems_of_all(category_names(page.category_slug)),
        _stems_of_all(made_of),
        *map(_stems, own),
    )


@lru_cache(maxsize=2_000)
def _kind_names(taxonomy_slug: str) -> tuple[frozenset[str], ...]:
    """The stems of the names of a kind of goods by language; empty for an unknown one."""
    kind = find_listing_type(taxonomy_slug)
    return tuple(_stems(kind.written_name(language)) for language in LANGUAGES) if kind else ()


def _kind_lengths(taxonomy_slug: str) -> tuple[int, ...]:
    return tuple(map(len, _kind_names(taxonomy_slug))) or (0,) * len(LANGUAGES)


@lru_cache(maxsize=20_000)
def _stems_of_all(texts: tuple[str, ...]) -> set[str]:
    """The stems of texts that a cooperative's listings share, or those of a category."""
    return set().union(*map(_stems, texts))


@lru_cache(maxsize=100_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word)[:MAX_WORD_LENGTH] for word in tokenize(text))


@lru_cache(maxsize=20_000)
def _stems_and_pairs(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a name, and its adjacent pairs."""
    words = tokenize(name)
    stems = frozenset(stem(word)[:MAX_WORD_LENGTH] for word in words)
    return stems, frozenset(adjacent_pairs(words))


def _stems_of_sentences(text: str) -> set[str]:
    return set().union(*map(_stems, text.split(". ")))


def _quality(page: PageFacts | ListingPage) -> float:
    """How complete a listing is, 0 to 1: photographs, three languages, a description, marks."""
    complete = (
        bool(page.media),
        len(page.media) >= _SEVERAL_PICTURES,
        all(page.names.get(lang) for lang in LANGUAGES),
        all(page.descriptions.get(lang) for lang in LANGUAGES),
        bool(page.quality_marks),
    )
    return sum(complete) / len(complete)


@lru_cache(maxsize=5_000)
def _province(region: str, place: str) -> str:
    return _provinces().get((region, normalize(place)), "")


@cache
def _provinces() -> dict[tuple[str, str], str]:
    """The province of a commune's name in its region."""
    return {
        (commune.region, normalize(commune.name_fr)): geography.province_of(commune.code)
        for region in geography.regions("MA")
        for commune in geography.communes(region.code)
    }
