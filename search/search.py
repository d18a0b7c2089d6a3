"""From a query to a page of results: parse, retrieve, rank, fetch, and describe with facets."""

import math
from collections.abc import Sequence
from dataclasses import replace

from catalog.markets import market_of
from catalog.queries.rows import sold_by_id
from search.backends import backend
from search.backends.interface import Matches, RankedDocument
from search.corrections import corrected_text
from search.facets import build_facets
from search.filters import FILTERS
from search.language.query_parser import parse_query
from search.language.query_plan import SCORE_STEP, QueryPlan
from search.language.snapshot import current_language
from search.query import SearchQuery
from search.ranking import fairness
from search.ranking.rules import NO_RULE, ranking_rule
from search.results import Hit, PriceRange, SearchResults

# How many documents beyond a page are ranked to keep it fair.
_LOOKAHEAD = 120


def search(query: SearchQuery) -> SearchResults:
    """Find listings; never raises for what a buyer typed.

    Raises KeyError for an unknown market, and SearchServerUnavailable.
    """
    return search_with_plan(query)[1]


def search_with_plan(query: SearchQuery) -> tuple[QueryPlan, SearchResults]:
    """Find listings, and say how the query was parsed."""
    market = market_of(query.market)
    plan = plan_query(query, market.currency)
    query = _with_parsed_prices(query, plan)
    cursor = fairness.Cursor.parse(query.after) if query.after else None
    number = cursor.page + 1 if cursor else query.page
    matches = backend().find(query, plan, limit=number * query.page_size + _LOOKAHEAD)
    deepest = backend().max_depth // query.page_size
    pages = max(min(math.ceil(matches.total / query.page_size), deepest), 1)
    number = min(number, pages)
    page = _rank(query, matches.documents, number, cursor)
    hits = fetch_hits(page.documents, market.channel_slug)
    return plan, _results(query, plan, matches, hits, page, number, pages)


def plan_query(query: SearchQuery, currency: str) -> QueryPlan:
    """Parse a query's text with the vocabulary and the synonyms as they are now."""
    with current_language(with_synonyms=query.with_synonyms) as (vocabulary, synonyms):
        return parse_query(
            query.text,
            currency=currency,
            vocabulary=vocabulary,
            synonyms=synonyms,
            language=query.language,
        )


def _with_parsed_prices(query: SearchQuery, plan: QueryPlan) -> SearchQuery:
    """Prices in the text filter, unless the buyer chose others."""
    if not query.parses_prices:
        return query
    low, high = query.price_min_minor, query.price_max_minor
    return replace(
        query,
        price_min_minor=plan.price_min_minor if low is None else low,
        price_max_minor=plan.price_max_minor if high is None else high,
    )


def _rank(
    query: SearchQuery,
    documents: Sequence[RankedDocument],
    number: int,
    cursor: fairness.Cursor | None,
) -> fairness.Page:
    """The documents of a page: the next one after a cursor, or the page of this number."""
    rule = ranking_rule() if query.is_fair and query.is_by_relevance else NO_RULE
    pages = fairness.pages(
        documents,
        rule,
        size=query.page_size,
        count=1 if cursor else number,
        start=cursor or fairness.Cursor(),
    )
    return pages[-1]


def fetch_hits(documents: Sequence[RankedDocument], channel: str) -> list[Hit]:
    """The listings of ranked documents that are still sold in a channel, in the same order."""
    # A listing's id is made of bytes each time that it is asked for.
    ids = [document.listing_id for document in documents]
    listings = sold_by_id(ids, channel)
    hits = []
    for listing_id, document in zip(ids, documents, strict=True):
        if listing := listings.get(listing_id):
            market_offers = listing.market_offers  # type: ignore[attr-defined]
            offer = min(market_offers, key=lambda o: (o.available <= 0, o.amount_minor))
            text_score = round(document.score_step * SCORE_STEP, 3)
            score = text_score + document.signal_score * SCORE_STEP
            hits.append(Hit(listing, offer, score=score, text_score=text_score))
    return hits


# long: the parts of a page of results, one a line
def _results(
    query: SearchQuery,
    plan: QueryPlan,
    matches: Matches,
    hits: list[Hit],
    page: fairness.Page,
    number: int,
    pages: int,
) -> SearchResults:
    facets = build_facets(query, plan, matches.facets)
    low, high = matches.lowest_price_minor, matches.highest_price_minor
    return SearchResults(
        hits=hits,
        total=matches.total,
        page=number,
        pages=pages,
        facets=facets.by_name,
        in_stock_count=matches.in_stock_count,
        price_range_minor=(low, high) if low is not None and high is not None else None,
        price_ranges=[PriceRange(*each) for each in matches.price_ranges],
        normalized_text=plan.normalized_text,
        corrected_text=corrected_text(query.text, plan.corrections, hits),
        is_relaxed=matches.is_relaxed and bool(matches.matched_count),
        missing_words=matches.missing_words,
        droppable_filters=[] if hits else _droppable_filters(matches.counts_without),
        filter_suggestions=facets.suggestions,
        parsed_min_minor=plan.price_min_minor if query.parses_prices else None,
        parsed_max_minor=plan.price_max_minor if query.parses_prices else None,
        likely_prices=plan.likely_prices if query.parses_prices else (),
        next_page=page.cursor.token() if page.has_more and page.cursor.last_key else "",
    )


def _droppable_filters(counts_without: dict[str, int]) -> list[tuple[str, int]]:
    """The filters without which there would be hits, with how many; most hits first."""
    counts = [(name, counts_without.get(name, 0)) for name in FILTERS]
    return sorted([pair for pair in counts if pair[1]], key=lambda pair: -pair[1])
