"""Filters, ranking signals and sort order of a query, in ``elasticsearch.dsl``."""

import time
from functools import lru_cache
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.function import BoostFactor, Exp, FieldValueFactor
from elasticsearch.dsl.query import (
    Bool,
    Exists,
    FunctionScore,
    MatchAll,
    Query,
    Range,
    Term,
    Terms,
)

from search.backends.elastic.sort_order import sort_keys
from search.filters import FACETS
from search.language.query_plan import SCORE_STEP
from search.query import SearchQuery
from search.ranking.signals import DAY, HALF_FRESH_DAYS, UNRATED, WEIGHTS

# The server's limit of how deep a page may begin (``index.max_result_window``).
MAX_HITS = 10_000
# What is read of each hit.
_READ = ("cooperatives", "countries", "tie", "published", "quality", "rating")
_READ_OF_MARKET = ("amount", "available", "sold")

# The filters in force, by the name of their facet, ``price`` or ``in_stock``.
Filters = dict[str, Query]


def sold_in(market: str) -> Query:
    """Documents on sale in a market."""
    return Exists(field=f"amount.{market}")


def available_in(market: str) -> Query:
    """Documents in stock in a market."""
    return Range(f"available.{market}", {"gt": 0})


def at_least(query: Query, score: float) -> Query:
    """Documents that a query gives at least this score."""
    return FunctionScore(query=query, min_score=score)


def signals(query: SearchQuery) -> Query:
    """Scores by ``search.ranking.signals``, together at most one step of text score."""
    return _signals(query.market, query.nearness, int(time.time()) // DAY)


@lru_cache(maxsize=32)
def _signals(market: str, nearness: tuple[tuple[str, float], ...], today: int) -> Query:
    weights = {name: weight * SCORE_STEP for name, weight in WEIGHTS.items()}
    fresh = {"origin": today, "scale": HALF_FRESH_DAYS, "decay": 0.5}
    return FunctionScore(
        query=MatchAll(),
        functions=[
            *_near(nearness, weights["near"]),
            BoostFactor(filter=available_in(market), weight=weights["available"]),
            FieldValueFactor(field=f"sales.{market}", factor=weights["sales"], missing=0),
            FieldValueFactor(field="quality", factor=weights["quality"], missing=0),
            FieldValueFactor(field="rating", factor=weights["rating"], missing=UNRATED),
            Exp(published_day=fresh, weight=weights["fresh"]),
        ],
        score_mode="sum",
        boost_mode="replace",
    )


def _near(nearness: tuple[tuple[str, float], ...], weight: float) -> list[BoostFactor]:
    if not nearness:
        return [BoostFactor(weight=weight)]
    return [
        BoostFactor(filter=Term(countries=country), weight=weight * near)
        for country, near in nearness
        if near
    ]


def filters_of(query: SearchQuery) -> Filters:
    """The filters that a query chooses."""
    chosen: Filters = {
        name: Terms(name, list(values)) for name in FACETS if (values := getattr(query, name))
    }
    limits = {"gte": query.price_min_minor, "lte": query.price_max_minor}
    if given := {key: limit for key, limit in limits.items() if limit is not None}:
        chosen["price"] = Range(f"amount.{query.market}", given)
    if query.in_stock:
        chosen["in_stock"] = available_in(query.market)
    return chosen


def all_but(filters: Filters, name: str = "") -> Query:
    """Documents that pass all filters but one."""
    others = [query for other, query in filters.items() if other != name]
    return Bool(filter=others) if others else MatchAll()


def hits_request(query: SearchQuery, matching: Query, *, size: int) -> dict[str, Any]:
    """A request for the first documents of a match in the query's order."""
    return {
        **_hits_request(query.market, *sort_keys(query)),
        "query": matching.to_dict(),
        "size": min(size, MAX_HITS),
    }


@lru_cache(maxsize=128)
def _hits_request(market: str, *order: str) -> dict[str, Any]:
    """The sort order, and the fields that ranking reads of each hit."""
    fields = [*_READ, *(f"{name}.{market}" for name in _READ_OF_MARKET)]
    search = Search().source(fields=False).sort(*order)
    return search.extra(track_scores=True, track_total_hits=False, docvalue_fields=fields).to_dict()
