"""What the address of a search asks, and the addresses that ask a little more or less."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.core.formats import UnreadableAmount
from marketplace.core.money import Money
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import PageLink, Pages
from search.query import SearchQuery, Sort
from search.results import Facet, SearchResults

# Parameter of the address → field of the query and name of the facet.
FACETS = {
    "category": "categories",
    "region": "regions",
    "province": "provinces",
    "material": "materials",
    "ships": "ships_to",
    "mark": "marks",
    "kind": "kinds",
    "sector": "sectors",
    "cooperative": "cooperatives",
}
_MOST_VALUES = 20
_MOST_PAGES = 200
_SHOWN = 8
_LONGEST_TOKEN = 6000


@dataclass(frozen=True)
class FacetBox:
    """A group of choices in the filter sheet."""

    parameter: str
    title: str
    choices: list[Facet]
    open: bool


@dataclass(frozen=True)
class Way:
    """An address that asks a little differently: its words, and how many it would find."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class Chosen:
    """A filter in force, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Question:
    """A search as its address says it. On a shelf's page the category is part of the path."""

    shop: Shop
    query: SearchQuery
    parameters: QueryDict
    shelf: str
    path: str

    @classmethod
    def read(cls, shop: Shop, parameters: QueryDict, shelf: str = "") -> "Question":
        """Read an address; what cannot be read is left out rather than refused."""
        values = {
            field: tuple(parameters.getlist(name)[:_MOST_VALUES]) for name, field in FACETS.items()
        }
        if shelf:
            values["categories"] = (shelf,)
        query = SearchQuery(
            text=parameters.get("q", "")[:200].strip(),
            language=shop.language,
            market=shop.market.code,
            price_min_minor=_amount(shop, parameters.get("min", "")),
            price_max_minor=_amount(shop, parameters.get("max", "")),
            in_stock=parameters.get("stock") == "1",
            sort=_sort(parameters.get("sort", "")),
            page=_page(parameters.get("page", "")),
            after=parameters.get("after", "")[:_LONGEST_TOKEN],
            reads_prices=parameters.get("read") != "0",
            **values,  # type: ignore[arg-type]
        )
        path = shop.url("category", slug=shelf) if shelf else shop.url("search")
        return cls(shop, query, parameters, shelf, path)

    def url(self, **changes: Iterable[str] | str | None) -> str:
        """This address with other values (a list replaces, None drops); always the first page."""
        query = self.parameters.copy()
        query.pop("page", None)
        query.pop("after", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query.setlist(name, [value] if isinstance(value, str) else list(value))
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders one may ask for: value, words, whether it is the one in force."""
        words = {
            Sort.RELEVANCE: _("Most relevant"),
            Sort.NEWEST: _("Newest first"),
            Sort.CHEAPEST: _("Price: low to high"),
            Sort.DEAREST: _("Price: high to low"),
        }
        return [(sort.value, text, sort == self.query.sort) for sort, text in words.items()]

    def facets(self, found: SearchResults) -> list[FacetBox]:
        """The groups of choices that can narrow this search."""
        titles = {
            "category": _("Category"),
            "region": _("Region"),
            "province": _("Province"),
            "material": _("Material"),
            "mark": _("Quality mark"),
            "kind": _("Type of cooperative"),
            "cooperative": _("Cooperative"),
            "sector": _("Sector"),
            "ships": _("Also sold in"),
        }
        boxes = []
        for parameter, title in titles.items():
            choices = found.facets.get(FACETS[parameter], [])
            if parameter == "category" and self.shelf:
                continue
            if len(choices) > 1 or any(choice.selected for choice in choices):
                shown = [c for n, c in enumerate(choices) if n < _SHOWN or c.selected]
                is_open = parameter in ("category", "region") or any(c.selected for c in choices)
                boxes.append(FacetBox(parameter, title, shown, is_open))
        return boxes

    def chosen(self, found: SearchResults) -> list[Chosen]:
        """The filters in force, each with the address without it."""
        labels = {
            (name, facet.value): facet.label
            for name, field in FACETS.items()
            for facet in found.facets.get(field, [])
        }
        chips = []
        for name in FACETS:
            values = self.parameters.getlist(name)
            for value in values:
                rest = [other for other in values if other != value]
                chips.append(Chosen(labels.get((name, value), value), self.url(**{name: rest})))
        if price := self._price_words(self.query.price_min_minor, self.query.price_max_minor):
            chips.append(Chosen(price, self.url(min=None, max=None)))
        if price := self._price_words(found.read_min_minor, found.read_max_minor):
            chips.append(Chosen(price, self.url(read="0")))
        if self.query.in_stock:
            chips.append(Chosen(_("In stock"), self.url(stock=None)))
        return chips

    @property
    def without_filters(self) -> str:
        """The same words, no filters."""
        return self.url(**dict.fromkeys([*FACETS, "min", "max", "stock"]))

    def price_ranges(self, found: SearchResults) -> list[Way]:
        """Ranges of prices that part what was found."""
        if len(found.prices) < 2:  # noqa: PLR2004
            return []
        return [
            Way(
                self._price_words(step.lowest, step.highest),
                self.url(min=self._amount(step.lowest), max=self._amount(step.highest), read="0"),
                step.count,
            )
            for step in found.prices
        ]

    def offered(self, found: SearchResults) -> list[Way]:
        """Filters that the words name, as addresses that use them instead of the words."""
        names = {field: name for name, field in FACETS.items()}
        return [
            Way(
                filter_.label,
                self.url(**{names[filter_.facet]: [filter_.value], "q": filter_.rest or None}),
                filter_.count,
            )
            for filter_ in found.offered
            if not (self.shelf and filter_.facet == "categories")
        ]

    def _amount(self, amount: int | None) -> str | None:
        """An amount as the price fields take it."""
        return (
            None
            if amount is None
            else f"{Money(amount, self.shop.market.currency).decimal.normalize():f}"
        )

    def pages(self, found: SearchResults) -> Pages:
        """The pagination of the results."""
        last = min(found.pages, _MOST_PAGES)
        numbers = Paginator(range(last), 1).get_elided_page_range(
            found.page, on_each_side=1, on_ends=1
        )
        links = [
            PageLink(str(n), self._page_url(n), n == found.page)
            if isinstance(n, int)
            else PageLink("…")
            for n in numbers
        ]
        return Pages(
            links,
            self._page_url(found.page - 1) if found.page > 1 else "",
            self._next_url(found) if found.page < last or found.next_page else "",
        )

    def suggestions(self, found: SearchResults) -> list[tuple[str, str, int]]:
        """When nothing was found: which filter to drop, where to, and how many would show."""
        names = {field: name for name, field in FACETS.items()}
        words = {
            "price": _("without the price filter"),
            "in_stock": _("including products out of stock"),
            "regions": _("in all regions"),
            "categories": _("in all categories"),
            "provinces": _("in all provinces"),
            "cooperatives": _("from all cooperatives"),
            "materials": _("in any material"),
        }
        made = []
        for field, count in found.suggestions:
            dropped: dict[str, Any] = {names.get(field, field): None}
            if field == "price":
                dropped = {"min": None, "max": None}
            elif field == "in_stock":
                dropped = {"stock": None}
            made.append((words.get(field, _("without this filter")), self.url(**dropped), count))
        return made

    def _next_url(self, found: SearchResults) -> str:
        """The next page begins where this one ended, whatever changed meanwhile."""
        address = self._page_url(found.page + 1)
        return f"{address}&after={found.next_page}" if found.next_page else address

    def _page_url(self, number: int) -> str:
        base = self.url()
        return f"{base}{'&' if '?' in base else '?'}page={number}"

    def _price_words(self, low: int | None, high: int | None) -> str:
        currency = self.shop.market.currency

        def money(amount: int) -> str:
            return self.shop.format.money(amount, currency, trim=True)

        if low is not None and high is not None:
            return _("%(low)s to %(high)s") % {"low": money(low), "high": money(high)}
        if low is not None:
            return _("from %(low)s") % {"low": money(low)}
        return _("up to %(high)s") % {"high": money(high)} if high is not None else ""


def _amount(shop: Shop, text: str) -> int | None:
    try:
        return shop.format.parse_money(text[:20], shop.market.currency) if text.strip() else None
    except UnreadableAmount:
        return None


def _sort(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def _page(text: str) -> int:
    return min(max(int(text), 1), _MOST_PAGES) if text.isdecimal() else 1
