"""Finding listings, and the lists by which one narrows: regions, sectors, categories."""

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
    Money,
    argument,
    described_enum,
    field,
    language_of,
    several,
)
from marketplace.web.api.listings import Listing, Offer, shown_listing, shown_offer
from marketplace.web.api.paging import FIRST, page_size
from search.autocomplete import Suggestion as Suggested
from search.autocomplete import suggestions
from search.filters import FACETS
from search.query import SearchQuery, Sort
from search.results import Facet, SearchResults
from search.search import search
from vendors import geography
from vendors import queries as vendors
from vendors.sectors import SECTORS

MOST_VALUES = 20
MOST_PAGES = 200

SearchSort = described_enum(
    "SearchSort",
    "The order of what was found.",
    {
        Sort.RELEVANCE: "what fits the words best first",
        Sort.NEWEST: "the latest in the shop first",
        Sort.CHEAPEST: "the lowest price first",
        Sort.DEAREST: "the highest price first",
    },
)


class FacetChoice(graphene.ObjectType):
    """A value by which what was found can be narrowed."""

    value = field(graphene.String, "What to give in the filter.")
    label = field(graphene.String, "What to show the reader.")
    count = field(graphene.Int, "How many listings have it and fit the other filters.")
    selected = field(graphene.Boolean, "Whether the filter has it now.")


class FacetGroup(graphene.ObjectType):
    """Choices of one kind."""

    name = field(graphene.String, "The filter's name: “categories”, “regions” and so on.")
    choices = several(FacetChoice, "Its values, most listings first, at most 40.")


class SearchHit(graphene.ObjectType):
    """A listing that was found."""

    listing = field(Listing, "The listing.")
    offer = field(Offer, "The size to show: the cheapest that can be bought.")


class PriceStep(graphene.ObjectType):
    """A range of prices, both ends included."""

    lowest = field(Money, "Its lower end; none for the lowest range.", required=False)
    highest = field(Money, "Its upper end; none for the highest range.", required=False)
    count = field(graphene.Int, "How many listings lie in it and fit the other filters.")


class OfferedFilter(graphene.ObjectType):
    """A filter that the words name: a shelf, a region, a province."""

    name = field(graphene.String, "The filter's name.")
    value = field(graphene.String, "What to give in it.")
    label = field(graphene.String, "What to show the reader.")
    count = field(graphene.Int, "How many listings it would leave.")
    rest = field(graphene.String, "The words without its name, to search for then.")


class SearchAnswer(graphene.ObjectType):
    """A page of what was found."""

    hits = several(SearchHit, "The page's listings.")
    total = field(graphene.Int, "How many were found on all pages together.")
    page = field(graphene.Int, "Which page this is; asking beyond the last gives the last.")
    pages = field(graphene.Int, "How many pages there are.")
    facets = several(FacetGroup, "How to narrow.")
    lowest_price = field(Money, "The lowest price found, before a price filter.", required=False)
    highest_price = field(Money, "The highest price found, before a price filter.", required=False)
    corrected_text = field(
        graphene.String, "The words as understood when one was mistyped; else empty."
    )
    is_relaxed = field(
        graphene.Boolean, "True when nothing has all the words and listings with some are shown."
    )
    dropped_words = several(graphene.String, "Then: the words that the first of them lacks.")
    in_stock_count = field(graphene.Int, "How many of all found can be bought now.")
    price_steps = several(PriceStep, "Ranges of prices to narrow to.")
    lowest_price_read = field(
        Money, "The lowest price that the words ask for: “plus de 100 dh”.", required=False
    )
    highest_price_read = field(
        Money, "The highest price that the words ask for: “moins de 100 dh”.", required=False
    )
    offered = several(OfferedFilter, "Filters that the words name.")
    next_page = field(
        graphene.String, "What to give as “after” for the page that follows; empty on the last."
    )


class Suggestion(graphene.ObjectType):
    """Something to go to while somebody types."""

    kind = field(graphene.String, "query, category, cooperative or listing.")
    value = field(graphene.String, "The words to search for, or the slug.")
    label = field(graphene.String, "What to show the reader.")
    note = field(graphene.String, "What to show beside it: a listing's cooperative.")


class SearchFilter(graphene.InputObjectType):
    """What narrows a search. Values of one kind are alternatives, kinds add up; 20 a kind."""

    categories = graphene.List(graphene.NonNull(graphene.String), description="Category slugs.")
    regions = graphene.List(graphene.NonNull(graphene.String), description="Region codes.")
    provinces = graphene.List(graphene.NonNull(graphene.String), description="Province codes.")
    sectors = graphene.List(graphene.NonNull(graphene.String), description="Sector slugs.")
    materials = graphene.List(graphene.NonNull(graphene.String), description="Materials' codes.")
    ships_to = graphene.List(
        graphene.NonNull(graphene.String), description="Codes of other markets that it is sold in."
    )
    marks = graphene.List(graphene.NonNull(graphene.String), description="Quality marks' codes.")
    cooperatives = graphene.List(graphene.NonNull(graphene.String), description="Their slugs.")
    kinds = graphene.List(
        graphene.NonNull(graphene.String), description="Who the members are: women, youth, mixed."
    )
    price_min_minor = graphene.Int(description="The lowest price, in the currency's small units.")
    price_max_minor = graphene.Int(description="The highest price, in the same.")
    in_stock = graphene.Boolean(description="Only what can be bought now.")


class Named(graphene.ObjectType):
    """A region, sector or category: a code for programs and a name for people."""

    code = field(graphene.String, "The code or slug that filters take.")
    name = field(graphene.String, "Its name.")


class FindingFields(graphene.ObjectType):
    """Fields of the query that lead to goods."""

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
        "What the shop finds for some words, or everything.",
        required=False,
        market=MARKET,
        text=argument(graphene.String, "What the buyer wrote, in any language; 200 characters."),
        language=LANGUAGE,
        filter=argument(SearchFilter, "What narrows it."),
        sort=argument(SearchSort, "The order; what fits best when left out."),
        first=FIRST,
        page=argument(graphene.Int, f"Which page, 1 to {MOST_PAGES}; the first when left out."),
        after=argument(
            graphene.String,
            "“nextPage” of the page before, in place of a page's number: pages then neither skip"
            " nor repeat while other listings change.",
        ),
        reads_prices=argument(
            graphene.Boolean, "Whether prices among the words filter; they do when left out."
        ),
    )
    suggestions = several(
        Suggestion,
        "What to offer for the beginning of a question, in any script; at most 13.",
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
        "The shelves of the shop, or only those of a market that hold something.",
        market=argument(Market, "A market, for its shelves that are not empty."),
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
    def resolve_search(_root: None, info: Any, **asked: Any) -> dict[str, Any]:
        query = _query(info, asked)
        with override(query.language):
            return _answer(search(query), query)

    @staticmethod
    def resolve_suggestions(
        _root: None, info: Any, market: Any, text: str, language: Any = None
    ) -> list[Suggested]:
        said = language_of(info, language)
        with override(said):
            return suggestions(text_of(text), language=said, market=choice(market))

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
        filled = catalog.counts_by_category(choice(market)) if market else None
        return [
            {"code": shelf.slug, "name": shelf.name(said)}
            for shelf in CATEGORIES
            if filled is None or shelf.slug in filled
        ]


def _query(info: Any, asked: dict[str, Any]) -> SearchQuery:
    narrowed = dict(asked.get("filter") or {})
    lists = {
        name: tuple(text_of(value) for value in (narrowed.get(name) or [])[:MOST_VALUES])
        for name in FACETS
    }
    page = 1 if asked.get("page") is None else asked["page"]
    if not 1 <= page <= MOST_PAGES:
        raise OddValue(name="page")
    return SearchQuery(
        text=text_of(asked.get("text")),
        language=language_of(info, asked.get("language")),
        market=choice(asked["market"]),
        price_min_minor=narrowed.get("price_min_minor"),
        price_max_minor=narrowed.get("price_max_minor"),
        in_stock=bool(narrowed.get("in_stock")),
        sort=Sort(choice(asked.get("sort")) or Sort.RELEVANCE),
        page=page,
        page_size=page_size(asked.get("first")),
        after=text_of(asked.get("after")),
        reads_prices=asked.get("reads_prices") is not False,
        **lists,  # type: ignore[arg-type]
    )


def _answer(found: SearchResults, query: SearchQuery) -> dict[str, Any]:
    currency = market_of(query.market).currency
    low, high = found.price_range_minor or (None, None)

    def amount(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, currency)

    return {
        "hits": [
            {"listing": shown_listing(hit.listing, query.language), "offer": shown_offer(hit.offer)}
            for hit in found.hits
        ],
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "facets": [_group(name, choices) for name, choices in found.facets.items()],
        "lowest_price": amount(low),
        "highest_price": amount(high),
        "corrected_text": found.corrected,
        "is_relaxed": found.relaxed,
        "dropped_words": found.dropped,
        "in_stock_count": found.in_stock_count,
        "price_steps": [
            {"lowest": amount(step.lowest), "highest": amount(step.highest), "count": step.count}
            for step in found.prices
        ],
        "lowest_price_read": amount(found.read_min_minor),
        "highest_price_read": amount(found.read_max_minor),
        "offered": [
            {
                "name": named.facet,
                "value": named.value,
                "label": str(named.label),
                "count": named.count,
                "rest": named.rest,
            }
            for named in found.offered
        ],
        "next_page": found.next_page,
    }


def _group(name: str, choices: list[Facet]) -> dict[str, Any]:
    # Labels may be lazy: they are said here, while the language is the one asked for.
    said = [
        {"value": c.value, "label": str(c.label), "count": c.count, "selected": c.selected}
        for c in choices
    ]
    return {"name": name, "choices": said}
