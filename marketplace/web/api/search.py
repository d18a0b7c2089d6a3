"""Queries for listings: search, suggestions, and the lists by which one filters."""

from typing import Any

import graphene
from django.utils.translation import override

from catalog import queries as catalog
from catalog.categories import CATEGORIES
from catalog.markets import market_of
from marketplace.core.money import Money as Amount
from marketplace.web.api.caller import choice, text_of
from marketplace.web.api.errors import NotThere, OddValue
from marketplace.web.api.fields import (
    LANGUAGE,
    MARKET,
    Market,
    argument,
    field,
    language_of,
    several,
)
from marketplace.web.api.listings import Listing, shown_listing, shown_offer
from marketplace.web.api.paging import FIRST, page_size
from marketplace.web.api.search_types import (
    Named,
    SearchAnswer,
    SearchFilter,
    SearchSort,
    Suggestion,
)
from marketplace.web.nearness import nearness_of
from search import autocomplete
from search.filters import FACETS
from search.query import MAX_PAGES, SearchQuery
from search.results import Facet, FilterSuggestion, SearchResults
from search.search import search
from vendors import geography
from vendors import queries as vendors
from vendors.sectors import SECTORS


class SearchFields(graphene.ObjectType):
    """Query fields to find listings."""

    listing = field(
        Listing,
        "A listing, as a market sells it.",
        required=False,
        slug=argument(graphene.String, "Its name in addresses.", required=True),
        market=MARKET,
        language=LANGUAGE,
    )
    search = field(
        SearchAnswer,
        "The results of a search, or all listings.",
        required=False,
        market=MARKET,
        text=argument(graphene.String, "What the buyer wrote, in any language; 200 characters."),
        language=LANGUAGE,
        filter=argument(SearchFilter, "Its filters."),
        sort=argument(SearchSort, "The order; by relevance when left out."),
        first=FIRST,
        page=argument(graphene.Int, f"Which page, 1 to {MAX_PAGES}; the first when left out."),
        after=argument(
            graphene.String,
            "“nextPage” of the page before, in place of a page's number: pages then neither skip"
            " nor repeat while other listings change.",
        ),
        reads_prices=argument(
            graphene.Boolean, "Whether prices in the text filter; they do when left out."
        ),
    )
    suggestions = several(
        Suggestion,
        "Suggestions for the beginning of a query, in any script; at most 13.",
        market=MARKET,
        text=argument(graphene.String, "What was typed so far.", required=True),
        language=LANGUAGE,
    )
    regions = several(
        Named,
        "The regions that have a cooperative in the shop, or all of a country.",
        country=argument(graphene.String, "A country's ISO 3166-1 code, for all its regions."),
        language=LANGUAGE,
    )
    sectors = several(Named, "The sectors of cooperatives.", language=LANGUAGE)
    categories = several(
        Named,
        "The categories of the shop, or only those with listings in a market.",
        market=argument(Market, "A market, for its categories that are not empty."),
        language=LANGUAGE,
    )

    @staticmethod
    def resolve_listing(
        _root: None, info: Any, slug: str, market: Any, language: Any = None
    ) -> dict[str, Any]:
        page = catalog.listing_page(text_of(slug), choice(market))
        if page is None:
            raise NotThere
        return shown_listing(page, language_of(info, language))

    @staticmethod
    def resolve_search(_root: None, info: Any, **arguments: Any) -> dict[str, Any]:
        query = _search_query(info, arguments)
        with override(query.language):
            return _results(search(query), query)

    @staticmethod
    def resolve_suggestions(
        _root: None, info: Any, market: Any, text: str, language: Any = None
    ) -> list[autocomplete.Suggestion]:
        said = language_of(info, language)
        with override(said):
            return autocomplete.suggestions(text_of(text), language=said, market=choice(market))

    @staticmethod
    def resolve_regions(
        _root: None, info: Any, country: str = "", language: Any = None
    ) -> list[dict[str, str]]:
        said = language_of(info, language)
        if country:
            found = geography.regions(country.upper())
            return [{"code": region.code, "name": region.name(said)} for region in found]
        return [
            {"code": code, "name": geography.region_name(code, said)}
            for code in vendors.public_regions()
        ]

    @staticmethod
    def resolve_sectors(_root: None, info: Any, language: Any = None) -> list[dict[str, str]]:
        with override(language_of(info, language)):
            return [{"code": slug, "name": str(name)} for slug, name in SECTORS.items()]

    @staticmethod
    def resolve_categories(
        _root: None, info: Any, market: Any = None, language: Any = None
    ) -> list[dict[str, str]]:
        said = language_of(info, language)
        filled = catalog.categories_in(choice(market)) if market else None
        return [
            {"code": category.slug, "name": category.name(said)}
            for category in CATEGORIES
            if filled is None or category.slug in filled
        ]


def _search_query(info: Any, arguments: dict[str, Any]) -> SearchQuery:
    filters = dict(arguments.get("filter") or {})
    values = {name: tuple(map(text_of, filters.get(name) or ())) for name in FACETS}
    page = 1 if arguments.get("page") is None else arguments["page"]
    if not 1 <= page <= MAX_PAGES:
        raise OddValue(name="page")
    return SearchQuery(
        text=text_of(arguments.get("text")),
        language=language_of(info, arguments.get("language")),
        market=choice(arguments["market"]),
        price_min_minor=filters.get("price_min_minor"),
        price_max_minor=filters.get("price_max_minor"),
        in_stock=bool(filters.get("in_stock")),
        sort=choice(arguments.get("sort")),
        page=page,
        page_size=page_size(arguments.get("first")),
        after=arguments.get("after") or "",
        parses_prices=arguments.get("reads_prices") is not False,
        nearness=nearness_of(market_of(choice(arguments["market"]))),
        **values,  # type: ignore[arg-type]
    )


def _results(results: SearchResults, query: SearchQuery) -> dict[str, Any]:
    """The results by the names of GraphQL's fields."""
    return {
        "hits": [
            {"listing": shown_listing(hit.listing, query.language), "offer": shown_offer(hit.offer)}
            for hit in results.hits
        ],
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "facets": [_group(name, choices) for name, choices in results.facets.items()],
        "corrected_text": results.corrected_text,
        "is_relaxed": results.is_relaxed,
        "dropped_words": results.missing_words,
        "in_stock_count": results.in_stock_count,
        "offered": [_offered(suggestion) for suggestion in results.filter_suggestions],
        "next_page": results.next_page,
        **_prices(results, market_of(query.market).currency),
    }


def _prices(results: SearchResults, currency: str) -> dict[str, Any]:
    low, high = results.price_range_minor or (None, None)

    def amount(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, currency)

    return {
        "lowest_price": amount(low),
        "highest_price": amount(high),
        "price_steps": [
            {"lowest": amount(each.lowest), "highest": amount(each.highest), "count": each.count}
            for each in results.price_ranges
        ],
        "lowest_price_read": amount(results.parsed_min_minor),
        "highest_price_read": amount(results.parsed_max_minor),
    }


# Labels may be lazy: they become text here, while the language is the one asked for.
def _group(name: str, choices: list[Facet]) -> dict[str, Any]:
    shown = [
        {"value": c.value, "label": str(c.label), "count": c.count, "selected": c.selected}
        for c in choices
    ]
    return {"name": name, "choices": shown}


def _offered(suggestion: FilterSuggestion) -> dict[str, Any]:
    return {
        "name": suggestion.facet,
        "value": suggestion.value,
        "label": str(suggestion.label),
        "count": suggestion.count,
        "rest": suggestion.remaining_text,
    }
