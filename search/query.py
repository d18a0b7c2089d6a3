"""A buyer's query: text, filters, order and page, within the limits that hold for everybody."""

from dataclasses import dataclass
from enum import StrEnum

from search.filters import FACETS

PAGE_SIZE = 24
MAX_PAGE_SIZE = 100
MAX_PAGES = 200
MAX_TEXT_LENGTH = 200
MAX_VALUES_PER_FACET = 20
_MAX_CURSOR_LENGTH = 6000


class Sort(StrEnum):
    """The orders of results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


@dataclass(frozen=True)
class SearchQuery:
    """What a buyer searches for. Values of one facet are alternatives; different filters add up.

    ``market`` is a market's code; prices are minor units of its currency, both ends included.
    ``language`` is the page's language; the text may be in any. ``after`` is the cursor of the
    page before (``SearchResults.next_page``): with it, pages neither skip nor repeat while other
    listings change. ``parses_prices`` is off when the buyer removed the price filter that the
    text implies. ``nearness`` says how near each country is to the buyer's door, 0 to 1 (the
    buyer's own country 1), and is left empty where it is not known. What exceeds a limit is cut
    off, an unknown order is by relevance.
    """

    text: str = ""
    language: str = "ar"
    market: str = "ma"
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    cooperatives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ships_to: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    in_stock: bool = False
    sort: Sort | str = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    after: str = ""
    with_synonyms: bool = True
    parses_prices: bool = True
    is_fair: bool = True
    nearness: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Keep to the limits."""
        limited: dict[str, object] = {
            "text": self.text[:MAX_TEXT_LENGTH].strip(),
            "sort": Sort(self.sort) if self.sort in set(Sort) else Sort.RELEVANCE,
            "page": min(max(self.page, 1), MAX_PAGES),
            "page_size": min(max(self.page_size, 1), MAX_PAGE_SIZE),
            "after": self.after[:_MAX_CURSOR_LENGTH],
            **{name: tuple(getattr(self, name))[:MAX_VALUES_PER_FACET] for name in FACETS},
        }
        for name, value in limited.items():
            object.__setattr__(self, name, value)

    @property
    def is_by_relevance(self) -> bool:
        """Whether the text score decides the order."""
        return self.sort == Sort.RELEVANCE
