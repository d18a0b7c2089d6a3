"""Why a listing stands where it does: the parts of its score, in the words of the ranking."""

from dataclasses import dataclass

from catalog.models import ListingPage
from search.indexing.documents import ABOUT, KIND, NAME, TEXT, document_of
from search.language.query_plan import PLACE_WORTH, Group, Way
from search.query import SearchQuery
from search.results import Hit
from search.search import plan_of, search

NAMES = sum(NAME.values())
KINDS = sum(KIND.values())


@dataclass(frozen=True)
class Reason:
    """A word of the query as a listing has it.

    ``spelling`` is the listing's own word, ``factor`` how well it stands for the typed one (1 the
    same word), ``places`` where it stands: name, kind, about, text. Empty: the listing lacks it.
    """

    typed: str
    spelling: str
    factor: float
    places: tuple[str, ...]
    worth: float


@dataclass(frozen=True)
class Explained:
    """A hit and why: its words, and the signals beside them."""

    hit: Hit
    reasons: tuple[Reason, ...]
    available: int
    quality: float
    sold: int


def explained(text: str, *, language: str, market: str, count: int = 10) -> list[Explained]:
    """The first hits of a query, each with its reasons."""
    query = SearchQuery(text=text, language=language, market=market, page_size=count)
    plan = plan_of(query)
    return [_explained(hit, plan.groups, market) for hit in search(query).hits]


def _explained(hit: Hit, groups: tuple[Group, ...], market: str) -> Explained:
    page = ListingPage.objects.get(pk=hit.listing.pk)
    offers = page.offers.values_list("channel_slug", "amount_minor", "available")
    document = document_of(page, offers)
    price = document.prices.get(market)
    return Explained(
        hit,
        tuple(_reason(group, document.words) for group in groups),
        available=price.available if price else 0,
        quality=document.quality,
        sold=document.sold.get(market, 0),
    )


def _reason(group: Group, words: dict[str, int]) -> Reason:
    found = [reason for way in group.ways if (reason := _by(group, way, words))]
    return max(found, key=lambda r: r.worth, default=Reason(group.typed, "", 0.0, (), 0.0))


def _by(group: Group, way: Way, words: dict[str, int]) -> Reason | None:
    """How a document has a group by one way; None if it lacks a part of it."""
    spelled, factors, places, worth = [], [], 0, 0.0
    for part in way.parts:
        fits = [(f * PLACE_WORTH[words[w]], w, f) for w, f in part.spellings if w in words]
        if not fits:
            return None
        best, word, factor = max(fits)
        spelled.append(word)
        factors.append(factor)
        places |= words[word]
        worth += best / len(way.parts)
    return Reason(
        group.typed,
        " ".join(spelled),
        round(min(factors) * way.factor, 2),
        _told(places),
        round(worth * way.factor, 2),
    )


def _told(places: int) -> tuple[str, ...]:
    kinds = (("name", NAMES), ("kind", KINDS), ("about", ABOUT), ("text", TEXT))
    return tuple(name for name, bits in kinds if places & bits)
