"""The query that a search page's address holds, and addresses that change a part of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from marketplace.web.nearness import nearness_of
from marketplace.web.numbers import whole_number
from marketplace.web.storefront.search.price_filter import PriceFilter
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.amounts import READING
from search.query import SearchQuery

# Parameter of the address → facet.
FACETS = {
    "category": "categories",
    "country": "countries",
    "region": "regions",
    "province": "provinces",
    "material": "materials",
    "ships": "ships_to",
    "mark": "marks",
    "kind": "kinds",
    "sector": "sectors",
    "cooperative": "cooperatives",
    "rating": "ratings",
}
PARAMETERS = {facet: parameter for parameter, facet in FACETS.items()}


@dataclass(frozen=True)
class SearchForm:
    """A search as its address says it. On a category's page the category is part of the path."""

    shop: Shop
    query: SearchQuery
    parameters: QueryDict
    category: str
    path: str
    prices: PriceFilter

    @classmethod
    def parse(cls, shop: Shop, parameters: QueryDict, category: str = "") -> "SearchForm":
        """Parse an address; what is invalid is left out, and a price that is says so."""
        prices = PriceFilter(parameters, shop.market.currency)
        values = {facet: tuple(parameters.getlist(name)) for name, facet in FACETS.items()}
        if category:
            values["categories"] = (category,)
        query = SearchQuery(
            text=parameters.get("q", ""),
            language=shop.language,
            market=shop.market.code,
            price_min_minor=prices.amount_minor("min"),
            price_max_minor=prices.amount_minor("max"),
            in_stock=parameters.get("stock") == "1",
            sort=parameters.get("sort", ""),
            page=_page_number(parameters.get("page", "")),
            after=parameters.get("after", ""),
            parses_prices=parameters.get("read") != "0",
            nearness=nearness_of(shop.market),
            **values,  # type: ignore[arg-type]
        )
        path = shop.url("category", slug=category) if category else shop.url("search")
        return cls(shop, query, parameters, category, path, prices)

    @property
    def is_plain(self) -> bool:
        """Whether the address neither searches nor filters, sorts or turns a page."""
        asked = {"q", "min", "max", "stock", "sort", "page", "after", "read", *FACETS}
        return not any(self.parameters.get(name) for name in asked)

    def url(self, **changes: Iterable[str] | str | None) -> str:
        """This address with other values (a list replaces, None drops); always the first page."""
        parameters = self.parameters.copy()
        parameters.pop("page", None)
        parameters.pop("after", None)
        for name, value in changes.items():
            parameters.pop(name, None)
            parameters.pop(f"{name}{READING}", None)
            if value:
                parameters.setlist(name, [value] if isinstance(value, str) else list(value))
        return f"{self.path}?{parameters.urlencode()}" if parameters else self.path

    def page_url(self, number: int, cursor: str = "") -> str:
        """The address of a page; a cursor begins it where the page before ended."""
        first = self.url()
        address = f"{first}{'&' if '?' in first else '?'}page={number}"
        return f"{address}&after={cursor}" if cursor else address

    @property
    def without_filters(self) -> str:
        """The address with the same text and no filters."""
        return self.url(**dict.fromkeys([*FACETS, "min", "max", "stock"]))


def _page_number(text: str) -> int:
    return whole_number(text) or 1
