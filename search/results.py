"""What search answers: a page of hits with facets."""

from dataclasses import dataclass, field

from catalog.models import ListingOffer, ListingPage


@dataclass(frozen=True)
class Facet:
    """One choice of a facet: ``count`` hits have it and fit the other facets' choices."""

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
class OfferedFilter:
    """A filter that the words name: ``rest`` are the words that are left without its name."""

    facet: str
    value: str
    label: str
    count: int
    rest: str


@dataclass(frozen=True)
class Hit:
    """A listing found, with the offer to show (its cheapest in the market).

    ``worth`` is how well its text fits, ``score`` the whole. Why it stands where it does:
    ``search.ranking.explain``.
    """

    listing: ListingPage
    offer: ListingOffer
    score: float
    worth: float = 0.0


@dataclass(frozen=True)
class SearchResults:
    """A page of hits.

    ``facets`` maps ``categories regions provinces sectors marks materials cooperatives kinds
    ships_to`` to choices, most hits first. ``in_stock_count`` says how many of the hits can be
    bought now (whatever that filter says). ``price_range_minor`` is the lowest and highest price
    among the hits (before the price filter), ``prices`` splits them into ranges. ``corrected`` is
    the query as understood when a word was respelt (empty otherwise); ``relaxed`` says that no
    listing has all the words, so those with some of them are shown, and ``dropped`` which words the
    first of them lacks; ``suggestions`` name filters (a facet's name, or ``price``, ``in_stock``)
    without which there would be hits, with how many: given only when nothing was found.
    ``offered`` are filters that the words name. ``read_min_minor`` and ``read_max_minor`` are
    prices read from the words, which filter like chosen ones.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    in_stock_count: int = 0
    price_range_minor: tuple[int, int] | None = None
    prices: list[PriceRange] = field(default_factory=list)
    corrected: str = ""
    relaxed: bool = False
    dropped: tuple[str, ...] = ()
    suggestions: list[tuple[str, int]] = field(default_factory=list)
    offered: list[OfferedFilter] = field(default_factory=list)
    read_min_minor: int | None = None
    read_max_minor: int | None = None
    next_page: str = ""
