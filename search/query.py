"""What a buyer asks of search: text, filters, order and page."""

from dataclasses import dataclass
from enum import StrEnum

PAGE_SIZE = 24
MOST_ON_A_PAGE = 100
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
    ``language`` is the page's language; the text may be in any. ``after`` is the token of the page
    before (``SearchResults.next_page``): with it, pages neither skip nor repeat while other
    listings change. ``reads_prices`` is off when the buyer took away what we read from the words.
    """

    text: str = ""
    language: str = "ar"
    market: str = "ma"
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    cooperatives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ships_to: tuple[str, ...] = ()
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    in_stock: bool = False
    sort: Sort | str = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    after: str = ""
    with_synonyms: bool = True
    reads_prices: bool = True
    is_fair: bool = True
