"""The public surface of search: one question, one page of hits with facets."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.utils.module_loading import import_string

from catalog.models import ListingOffer, ListingPage

PAGE_SIZE = 24
LONGEST_TEXT = 200


class Sort(StrEnum):
    """The orders in which a buyer can ask for hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


@dataclass(frozen=True)
class SearchQuery:
    """What a buyer asks. Facet choices of one kind are alternatives; different kinds add up.

    ``market`` is a market's code; prices are minor units of its currency, both ends included.
    ``language`` is the page's language and orders equal hits; the text may be in any language.
    """

    text: str = ""
    language: str = "ar"
    market: str = "ma"
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    cooperatives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    in_stock: bool = False
    sort: Sort | str = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True)
class Facet:
    """One choice of a facet: ``count`` hits have it and fit the other facets' choices."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Hit:
    """A listing found, with the offer to show (its cheapest in the market)."""

    listing: ListingPage
    offer: ListingOffer
    score: float


@dataclass(frozen=True)
class SearchResults:
    """A page of hits.

    ``facets`` maps ``categories regions sectors marks cooperatives kinds`` to choices, most hits
    first. ``price_range_minor`` is the lowest and highest price among the hits (before the price
    filter). ``corrected`` is the query as understood when a word was respelt (empty otherwise);
    ``relaxed`` says that no listing has all the words, so those with some of them are shown;
    ``suggestions`` name filters (a facet's name, or ``price``, ``in_stock``) without which there
    would be hits, with how many: given only when nothing was found.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    price_range_minor: tuple[int, int] | None = None
    corrected: str = ""
    relaxed: bool = False
    suggestions: list[tuple[str, int]] = field(default_factory=list)


def search(query: SearchQuery) -> SearchResults:
    """Find listings; never raises for what a buyer typed. Text beyond 200 characters is ignored."""
    backend = import_string(settings.SEARCH_BACKEND)()
    found: SearchResults = backend.search(query)
    return found
