"""What a page of results offers to refine the search: facets, chosen filters, price ranges."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from marketplace.core.amounts import typed_amount
from marketplace.core.money import Money
from marketplace.web.storefront.search.search_form import FACETS, PARAMETERS, SearchForm
from marketplace.web.ui.components import PageLink, Pages
from search.query import MAX_PAGES, Sort
from search.results import Facet, SearchResults
from vendors.geography import country_of

_MAX_CHOICES = 8
# Open although nothing is chosen.
_OPEN = ("category", "country", "region")
# Offered although there is one thing to choose.
_OF_ONE_VALUE = ("rating",)


@dataclass(frozen=True)
class FacetChoices:
    """A facet's choices in the filter sheet."""

    parameter: str
    title: str
    choices: list[Facet]
    is_open: bool


@dataclass(frozen=True)
class Refinement:
    """An address that changes the search, and how many listings it would find."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class ChosenFilter:
    """A filter in force, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Refinements:
    """What a search's results offer to refine it."""

    form: SearchForm
    results: SearchResults

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from: value, label, whether it is the one in force."""
        labels = {
            Sort.RELEVANCE: _("Most relevant"),
            Sort.NEWEST: _("Newest first"),
            Sort.CHEAPEST: _("Price: low to high"),
            Sort.DEAREST: _("Price: high to low"),
        }
        return [(sort.value, label, sort == self.form.query.sort) for sort, label in labels.items()]

    @property
    def facets(self) -> list[FacetChoices]:
        """The facets that have something to choose."""
        titles = {
            "category": _("Category"),
            "country": _("Country"),
            "region": _("Region"),
            "province": _("Province"),
            "material": _("Material"),
            "mark": _("Quality mark"),
            "kind": _("Type of cooperative"),
            "cooperative": _("Cooperative"),
            "sector": _("Sector"),
            "ships": _("Also sold in"),
            "rating": _("Reviews"),
        }
        if self.form.category:
            del titles["category"]
        found = []
        for parameter, title in titles.items():
            choices = self._own_country_first(parameter)
            is_chosen = any(choice.selected for choice in choices)
            if len(choices) > 1 or is_chosen or (choices and parameter in _OF_ONE_VALUE):
                shown = [c for n, c in enumerate(choices) if n < _MAX_CHOICES or c.selected]
                is_open = parameter in _OPEN or is_chosen
                found.append(FacetChoices(parameter, title, shown, is_open))
        return found

    def _own_country_first(self, parameter: str) -> list[Facet]:
        """A facet's choices; countries and regions begin with the buyer's own."""
        choices = self.results.facets.get(FACETS[parameter], [])
        own = self.form.shop.market.country_codes
        if parameter not in {"country", "region"}:
            return choices
        return sorted(
            choices, key=lambda each: (not each.selected, country_of(each.value) not in own)
        )

    @property
    def chosen(self) -> list[ChosenFilter]:
        """The filters in force, each with the address without it."""
        query, url = self.form.query, self.form.url
        chosen = [*self._chosen_facets()]
        if price := self._price_label(query.price_min_minor, query.price_max_minor):
            chosen.append(ChosenFilter(price, url(min=None, max=None)))
        if price := self._price_label(self.results.parsed_min_minor, self.results.parsed_max_minor):
            chosen.append(ChosenFilter(price, url(read="0")))
        if query.in_stock:
            chosen.append(ChosenFilter(_("In stock"), url(stock=None)))
        return chosen

    def _chosen_facets(self) -> list[ChosenFilter]:
        labels = {
            (facet, choice.value): choice.label
            for facet, choices in self.results.facets.items()
            for choice in choices
        }
        chosen = []
        for parameter, facet in FACETS.items():
            values = self.form.parameters.getlist(parameter)
            for value in values:
                others = [other for other in values if other != value]
                label = labels.get((facet, value), value)
                chosen.append(ChosenFilter(label, self.form.url(**{parameter: others})))
        return chosen

    @property
    def price_ranges(self) -> list[Refinement]:
        """Ranges of prices that divide the results; none if there is only one."""
        ranges = self.results.price_ranges
        if len(ranges) == 1:
            return []
        return [
            Refinement(
                self._price_label(each.lowest, each.highest),
                self.form.url(
                    min=self._typed(each.lowest), max=self._typed(each.highest), read="0"
                ),
                each.count,
            )
            for each in ranges
        ]

    @property
    def likely_prices(self) -> list[tuple[str, str]]:
        """Where a price in the text or the filter can mean two amounts: each with its address."""
        form = self.form
        found = [
            (
                self._price_label(low, high),
                form.url(min=self._typed(low), max=self._typed(high), read="0"),
            )
            for low, high in self.results.likely_prices
        ]
        lowest = [each.amount_minor for each in form.prices.likely("min")]
        highest = [each.amount_minor for each in form.prices.likely("max")]
        found += [(self._price_label(low, None), form.url(min=self._typed(low))) for low in lowest]
        return found + [
            (self._price_label(None, high), form.url(max=self._typed(high))) for high in highest
        ]

    @property
    def filter_suggestions(self) -> list[Refinement]:
        """Filters that the text mentions, as addresses that filter instead of their names.

        The rest of the text stays as it was typed, with the price in it.
        """
        return [
            Refinement(
                each.label,
                self.form.url(**{PARAMETERS[each.facet]: each.value, "q": each.remaining_text}),
                each.count,
            )
            for each in self.results.filter_suggestions
            if not (self.form.category and each.facet == "categories")
        ]

    @property
    def droppable_filters(self) -> list[Refinement]:
        """When nothing was found: filters to drop, and how many listings that would show."""
        labels = {
            "price": _("without the price filter"),
            "in_stock": _("including products out of stock"),
            "countries": _("from all countries"),
            "regions": _("in all regions"),
            "categories": _("in all categories"),
            "provinces": _("in all provinces"),
            "cooperatives": _("from all cooperatives"),
            "materials": _("in any material"),
        }
        parameters: dict[str, tuple[str, ...]] = {"price": ("min", "max"), "in_stock": ("stock",)}
        found = []
        for name, count in self.results.droppable_filters:
            dropped: dict[str, Any] = dict.fromkeys(parameters.get(name) or (PARAMETERS[name],))
            label = labels.get(name, _("without this filter"))
            found.append(Refinement(label, self.form.url(**dropped), count))
        return found

    @property
    def pages(self) -> Pages:
        """The pagination of the results."""
        results, url = self.results, self.form.page_url
        last = min(results.pages, MAX_PAGES)
        numbers = Paginator(range(last), 1).get_elided_page_range(
            results.page, on_each_side=1, on_ends=1
        )
        links = [
            PageLink(str(n), url(n), n == results.page) if isinstance(n, int) else PageLink("…")
            for n in numbers
        ]
        has_next = results.page < last or results.next_page
        return Pages(
            links,
            url(results.page - 1) if results.page > 1 else "",
            # The next page begins where this one ended, whatever changed meanwhile.
            url(results.page + 1, results.next_page) if has_next else "",
        )

    def _typed(self, amount_minor: int | None) -> str | None:
        """An amount as the price fields take it."""
        if amount_minor is None:
            return None
        shop = self.form.shop
        return typed_amount(Money(amount_minor, shop.market.currency), shop.language)

    def _price_label(self, low: int | None, high: int | None) -> str:
        """A range of prices in minor units as text; empty if it has no end."""
        shop = self.form.shop

        def money(amount: int) -> str:
            return shop.format.money(amount, shop.market.currency, trim=True)

        if low is not None and high is not None:
            return _("%(low)s to %(high)s") % {"low": money(low), "high": money(high)}
        if low is not None:
            return _("from %(low)s") % {"low": money(low)}
        return _("up to %(high)s") % {"high": money(high)} if high is not None else ""
