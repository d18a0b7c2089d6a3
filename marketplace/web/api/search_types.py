"""GraphQL types of search: filters, results with facets, suggestions."""

import graphene

from marketplace.web.api.fields import Money, described_enum, field, several
from marketplace.web.api.listings import Listing, Offer
from search.query import Sort

SearchSort = described_enum(
    "SearchSort",
    "The order of results.",
    {
        Sort.RELEVANCE: "the most relevant first",
        Sort.NEWEST: "the latest in the shop first",
        Sort.CHEAPEST: "the lowest price first",
        Sort.DEAREST: "the highest price first",
    },
)


class FacetChoice(graphene.ObjectType):
    """A value of a filter."""

    value = field(graphene.String, "What to give in the filter.")
    label = field(graphene.String, "What to show the reader.")
    count = field(graphene.Int, "How many listings have it and pass the other filters.")
    selected = field(graphene.Boolean, "Whether the filter has it now.")


class FacetGroup(graphene.ObjectType):
    """The choices of one filter."""

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
    count = field(graphene.Int, "How many listings are in it and pass the other filters.")


class OfferedFilter(graphene.ObjectType):
    """A filter that the text mentions: a category, a region, a province."""

    name = field(graphene.String, "The filter's name.")
    value = field(graphene.String, "What to give in it.")
    label = field(graphene.String, "What to show the reader.")
    count = field(graphene.Int, "How many listings it would leave.")
    rest = field(graphene.String, "The text without its name, to search for instead.")


class SearchAnswer(graphene.ObjectType):
    """A page of results."""

    hits = several(SearchHit, "The page's listings.")
    total = field(graphene.Int, "How many listings there are on all pages.")
    page = field(graphene.Int, "Which page this is; the last one for a number beyond it.")
    pages = field(graphene.Int, "How many pages there are.")
    facets = several(FacetGroup, "How the results can be filtered.")
    lowest_price = field(Money, "The lowest price found, before a price filter.", required=False)
    highest_price = field(Money, "The highest price found, before a price filter.", required=False)
    corrected_text = field(
        graphene.String, "The text with misspelt words corrected; empty if there are none."
    )
    is_relaxed = field(
        graphene.Boolean, "True when no listing has all words and those with some are shown."
    )
    dropped_words = several(graphene.String, "Then: the words that the first of them lacks.")
    in_stock_count = field(graphene.Int, "How many of all listings found are in stock.")
    price_steps = several(PriceStep, "Ranges of prices to filter by.")
    lowest_price_read = field(
        Money, "The lowest price that the text mentions: “plus de 100 dh”.", required=False
    )
    highest_price_read = field(
        Money, "The highest price that the text mentions: “moins de 100 dh”.", required=False
    )
    offered = several(OfferedFilter, "Filters that the text mentions.")
    next_page = field(graphene.String, "The value of “after” for the next page; empty on the last.")


class Suggestion(graphene.ObjectType):
    """A suggestion while somebody types."""

    kind = field(graphene.String, "query, category, cooperative or listing.")
    value = field(graphene.String, "The text to search for, or the slug.")
    label = field(graphene.String, "What to show the reader.")
    note = field(graphene.String, "What to show beside it: a listing's cooperative.")


class SearchFilter(graphene.InputObjectType):
    """Filters. Values of one filter are alternatives, filters add up; 20 values each."""

    categories = graphene.List(graphene.NonNull(graphene.String), description="Category slugs.")
    countries = graphene.List(
        graphene.NonNull(graphene.String), description="The cooperatives' countries, ISO 3166-1."
    )
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
    ratings = graphene.List(
        graphene.NonNull(graphene.String), description="“4”: a score of four stars and more."
    )
    price_min_minor = graphene.Int(description="The lowest price, in minor units of the currency.")
    price_max_minor = graphene.Int(description="The highest price, in minor units.")
    in_stock = graphene.Boolean(description="Only what is in stock.")


class Named(graphene.ObjectType):
    """A region, sector or category: a code for programs and a name for people."""

    code = field(graphene.String, "The code or slug that filters take.")
    name = field(graphene.String, "Its name.")
