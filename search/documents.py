"""What of a listing can be found, and how much each place of it weighs."""

from collections import defaultdict
from collections.abc import Iterable

from catalog.categories import category
from catalog.markets import MARKETS
from catalog.models import ListingPage
from catalog.taxonomy import good
from search.fold import fold, is_arabic, letters, stem, words_of
from search.models import SearchDocument, SearchPrice
from search.sounds import sound
from vendors.geography import region_name

LANGUAGES = ("ar", "fr", "en")
LONGEST_WORD = 60
_POSITIONS = {"A": 1, "B": 2, "C": 3, "D": 4}


def document_of(page: ListingPage) -> SearchDocument:
    """The search document of a published listing."""
    return SearchDocument(
        listing_id=page.listing_id,
        category=page.category_slug,
        region=page.region_code,
        sector=page.sector,
        kind=page.kind,
        cooperative=page.cooperative_slug,
        marks=page.quality_marks,
        published_at=page.published_at,
        name_ar=letters(fold(page.names.get("ar", ""))),
        name_fr=letters(fold(page.names.get("fr", ""))),
        name_en=letters(fold(page.names.get("en", ""))),
        words=_vector(_texts(page)),
    )


def prices_of(page: ListingPage) -> list[SearchPrice]:
    """The cheapest offer in each market, in minor units of its currency.

    An offer that can be bought comes before a cheaper one that cannot.
    """
    best: dict[str, SearchPrice] = {}
    market_of_channel = {market.channel_slug: market.code for market in MARKETS}
    offers = sorted(page.offers.all(), key=lambda o: (o.available <= 0, o.amount_minor))
    for offer in offers:
        if market := market_of_channel.get(offer.channel_slug):
            best.setdefault(
                market,
                SearchPrice(
                    document_id=page.listing_id,
                    market=market,
                    amount_minor=offer.amount_minor,
                    available=offer.available,
                ),
            )
    return list(best.values())


def _texts(page: ListingPage) -> dict[str, list[str]]:
    goods, shelf = good(page.taxonomy_slug), category(page.category_slug)
    return {
        "A": list(page.names.values()),
        "B": [item.name(lang) for item in (goods, shelf) if item for lang in LANGUAGES],
        "C": [
            *page.cooperative_names.values(),
            *page.place_names.values(),
            *(region_name(page.region_code, lang) for lang in LANGUAGES),
            *page.quality_marks,
            page.materials,
        ],
        "D": [*page.descriptions.values(), page.net_quantity],
    }


def _vector(texts: dict[str, list[str]]) -> str:
    """A tsvector as PostgreSQL writes it: every word with the labels of where it stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for label, parts in texts.items():
        for word in _words(parts):
            found[stem(word)[:LONGEST_WORD]].add(label)
            if label != "D" and (key := sound(word)):
                found[sound_lexeme(key, arabic=is_arabic(word))].add(label)
    return " ".join(f"'{word}':{_places(labels)}" for word, labels in sorted(found.items()))


def sound_lexeme(key: str, *, arabic: bool) -> str:
    """How the sound of a word stands among the words: apart from them, and by script."""
    return f"_{'a' if arabic else 'l'}{key}"


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text)}


def _places(labels: set[str]) -> str:
    return ",".join(f"{_POSITIONS[label]}{label}" for label in sorted(labels))
