"""The results of a search: a page of hits with facets."""

from dataclasses import dataclass, field

from catalog.models import ListingOffer, ListingPage
from search.language.price_parsing import Span


@dataclass(frozen=True)
class Facet:
    """A value of a facet: ``count`` hits have it and pass the filters of other facets."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class PriceRange:
    """A range of prices in minor units, both ends included; an end of None is open."""

    lowest: int | None
    highest: int | None
    count: int


@dataclass(frozen=True)
class FilterSuggestion:
    """A filter that the text mentions; ``remaining_text`` is the text without its name."""

    facet: str
    value: str
    label: str
    count: int
    remaining_text: str


@dataclass(frozen=True)
class Hit:
    """A listing found, with the offer to show (its cheapest in the market).

    ``text_score`` is how well its text matches, ``score`` includes the ranking signals. Why it
    ranks where it does: ``search.ranking.explain``.
    """

    listing: ListingPage
    offer: ListingOffer
    score: float
    text_score: float = 0.0


@dataclass(frozen=True)
class SearchResults:
    """A page of hits, ``total`` of them on ``pages`` pages.

    ``facets`` maps the names of ``search.filters.FACETS`` to their values, most hits first.
    ``in_stock_count`` is the number of hits in stock, whatever that filter says.
    ``price_range_minor`` is the lowest and highest price among the hits before the price filter,
    ``price_ranges`` divides it. ``corrected_text`` is the query with misspelt words corrected,
    empty if there were none. ``is_relaxed`` says that no listing has all the words, so those with
    some of them are shown, and ``missing_words`` which of them the first hit lacks.
    ``droppable_filters`` are filters (a facet's name, ``price``, ``in_stock``) without which there
    would be so many hits: only when there are none. ``filter_suggestions`` are filters that the
    text mentions. ``parsed_min_minor`` and ``parsed_max_minor`` are prices in the text, which
    filter like chosen ones; where the text can mean two amounts ``likely_prices`` has both spans
    and neither filters. ``next_page`` is the cursor of the page that follows.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    in_stock_count: int = 0
    price_range_minor: tuple[int, int] | None = None
    price_ranges: list[PriceRange] = field(default_factory=list)
    normalized_text: str = ""
    corrected_text: str = ""
    is_relaxed: bool = False
    missing_words: tuple[str, ...] = ()
    droppable_filters: list[tuple[str, int]] = field(default_factory=list)
    filter_suggestions: list[FilterSuggestion] = field(default_factory=list)
    parsed_min_minor: int | None = None
    parsed_max_minor: int | None = None
    likely_prices: tuple[Span, ...] = ()
    next_page: str = ""
