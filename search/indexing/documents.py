"""What of a listing can be found: its words and where they stand, and the facts that rank it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from catalog.categories import find_category
from catalog.markets import MARKETS
from catalog.models import ListingPage
from catalog.taxonomy import find_listing_type
from search.indexing.materials import materials_in
from search.language.normalizing import fold, stem, words_of
from vendors import geography

# An offer's channel, its price in minor units, and how many there are.
Offered = tuple[str, int, int]

LONGEST_WORD = 60
MOST_WORDS = 600

# Where a word stands, one bit each: the listing's name and the name of its kind of goods in each
# language, what is said of its maker, place, shelf, marks and materials, and its description.
NAME = {"ar": 1, "fr": 2, "en": 4}
KIND = {"ar": 8, "fr": 16, "en": 32}
ABOUT, TEXT = 64, 128
LANGUAGES = ("ar", "fr", "en")
_MARKET_OF_CHANNEL = {market.channel_slug: market.code for market in MARKETS}


@dataclass(frozen=True)
class Price:
    """The offer that stands for a listing in a market, in minor units of the market's currency."""

    amount_minor: int
    available: int


class PageFacts(NamedTuple):
    """What a document is made of; fields are those of ``ListingPage``."""

    listing_id: UUID
    cooperative_slug: str
    cooperative_names: dict[str, str]
    region_code: str
    place_names: dict[str, str]
    sector: str
    kind: str
    category_slug: str
    taxonomy_slug: str
    materials: str
    quality_marks: list[str]
    net_quantity: str
    names: dict[str, str]
    descriptions: dict[str, str]
    media: list[Any]
    published_at: datetime | None


@dataclass
class Document:
    """A listing as the search knows it.

    ``words`` maps a stem to the bits of where it stands, and pairs of stems that stand side by side
    in a name (``neighbours``). ``name_lengths`` and ``kind_lengths``
    count the words of the name and of the kind's name in Arabic, French, English. ``quality`` is
    0 to 1.
    """

    listing_id: UUID
    words: dict[str, int]
    category: str
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
    name_lengths: tuple[int, ...]
    kind_lengths: tuple[int, ...]
    cooperative_names: dict[str, str] = field(default_factory=dict)
    sold: dict[str, int] = field(default_factory=dict)


def document_of(page: PageFacts | ListingPage, offers: Iterable[Offered]) -> Document:
    """The search document of a published listing."""
    words: dict[str, int] = {}
    goods = find_listing_type(page.taxonomy_slug)
    lengths = dict.fromkeys(LANGUAGES, 0)
    for language, name in page.names.items():
        found, pairs = _named(name)
        lengths[language] = len(found)
        _add(words, found, NAME.get(language, NAME["en"]))
        _add(words, pairs, NAME.get(language, NAME["en"]))
    if goods:
        for language in LANGUAGES:
            _add(words, _stems(goods.name(language)), KIND[language])
    _add(words, _about(page), ABOUT)
    for text in page.descriptions.values():
        _add(words, _stems_of_sentences(text), TEXT)
    return Document(
        listing_id=page.listing_id,
        words=words,
        category=page.category_slug,
        region=page.region_code,
        province=_province(page.region_code, page.place_names.get("fr", "")),
        sector=page.sector,
        kind=page.kind,
        cooperative=page.cooperative_slug,
        marks=tuple(page.quality_marks),
        materials=materials_in(page.materials),
        prices=prices_of(offers),
        published=int(page.published_at.timestamp()) if page.published_at else 0,
        quality=_quality(page),
        name_lengths=tuple(lengths[lang] for lang in LANGUAGES),
        cooperative_names=page.cooperative_names,
        kind_lengths=tuple(len(_stems(goods.name(lang))) if goods else 0 for lang in LANGUAGES),
    )


def prices_of(offers: Iterable[Offered]) -> dict[str, Price]:
    """The cheapest offer in each market; what can be bought before what is cheaper but sold out."""
    best: dict[str, Price] = {}
    for channel, amount, available in sorted(offers, key=lambda o: (o[2] <= 0, o[1])):
        if market := _MARKET_OF_CHANNEL.get(channel):
            best.setdefault(market, Price(amount, max(available, 0)))
    return best


def neighbours(words: Sequence[str]) -> list[str]:
    """Pairs of folded words that stand side by side, as a document has those of its names."""
    return [f"{one} {two}"[:LONGEST_WORD] for one, two in pairwise(map(stem, words))]


def is_pair(word: str) -> bool:
    """Whether a document has this not as a word but as two side by side."""
    return " " in word


def _add(words: dict[str, int], found: Collection[str], bit: int) -> None:
    known = words.get
    if len(words) + len(found) <= MOST_WORDS:
        for word in found:
            words[word] = known(word, 0) | bit
        return
    for word in found:
        if word in words or len(words) < MOST_WORDS:
            words[word] = known(word, 0) | bit


def _about(page: PageFacts | ListingPage) -> set[str]:
    maker = (*page.cooperative_names.values(), *page.place_names.values())
    told = (page.materials, page.net_quantity, *page.quality_marks)
    return set().union(
        _of_all((*maker, *_regions(page.region_code))),
        _of_all(_shelves(page.category_slug)),
        *map(_stems, told),
    )


@cache
def _regions(code: str) -> tuple[str, ...]:
    return tuple(geography.region_name(code, language) for language in LANGUAGES)


@cache
def _shelves(slug: str) -> tuple[str, ...]:
    shelf = find_category(slug)
    return tuple(shelf.name(language) for language in LANGUAGES) if shelf else ()


@lru_cache(maxsize=20_000)
def _of_all(texts: tuple[str, ...]) -> set[str]:
    """What a cooperative's listings share, or those of a shelf."""
    return set().union(*map(_stems, texts))


@lru_cache(maxsize=100_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word)[:LONGEST_WORD] for word in words_of(text))


@lru_cache(maxsize=20_000)
def _named(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a name, and the pairs that stand side by side in it."""
    words = words_of(name)
    found = frozenset(stem(word)[:LONGEST_WORD] for word in words)
    return found, frozenset(neighbours(words))


def _stems_of_sentences(text: str) -> set[str]:
    return set().union(*map(_stems, text.split(". ")))


def _quality(page: PageFacts | ListingPage) -> float:
    """How complete a listing is, 0 to 1: photographs, three languages, a description, marks."""
    told = (
        bool(page.media),
        len(page.media) > 2,  # noqa: PLR2004
        all(page.names.get(lang) for lang in LANGUAGES),
        all(page.descriptions.get(lang) for lang in LANGUAGES),
        bool(page.quality_marks),
    )
    return sum(told) / len(told)


@lru_cache(maxsize=5_000)
def _province(region: str, place: str) -> str:
    return _provinces().get((region, fold(place)), "")


@cache
def _provinces() -> dict[tuple[str, str], str]:
    """The province of a commune's name in its region."""
    return {
        (commune.region, fold(commune.name_fr)): geography.province_of(commune.code)
        for region in geography.regions("MA")
        for commune in geography.communes(region.code)
    }
