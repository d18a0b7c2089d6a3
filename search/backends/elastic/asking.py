"""A query's filters, counts and order as the server is asked."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from search.backends.elastic.words import Clause
from search.filters import FACETS
from search.language.query_plan import STEP
from search.prices import ROUND_AMOUNTS
from search.query import SearchQuery, Sort
from search.ranking.signals import DAY, HALF_FRESH_DAYS, WEIGHTS

MOST_VALUES = 5000
# What is read of each document in the first places.
_READ = ("cooperatives", "tie", "published", "quality")
_READ_OF_MARKET = ("amount", "available", "sold")


def sold_in(market: str) -> Clause:
    """What a market sells."""
    return {"exists": {"field": f"amount.{market}"}}


def at_least(text: Clause, worth: float) -> Clause:
    """What is worth at least so much."""
    return {"function_score": {"query": text, "min_score": worth}}


def signals(market: str) -> Clause:
    """The signals beside the words (``search.ranking.signals``), at most one step of text worth."""
    today = int(time.time()) // DAY
    weights = {name: weight * STEP for name, weight in WEIGHTS.items()}
    fresh = {"origin": today, "scale": HALF_FRESH_DAYS, "decay": 0.5}
    functions = [
        {"filter": _available(market), "weight": weights["available"]},
        _value(f"sales.{market}", weights["sales"]),
        _value("quality", weights["quality"]),
        {"exp": {"published_day": fresh}, "weight": weights["fresh"]},
    ]
    return {
        "function_score": {
            "query": {"match_all": {}},
            "functions": functions,
            "score_mode": "sum",
            "boost_mode": "replace",
        }
    }


def _value(field: str, factor: float) -> dict[str, Any]:
    return {"field_value_factor": {"field": field, "factor": factor, "missing": 0}}


def _available(market: str) -> Clause:
    return {"range": {f"available.{market}": {"gt": 0}}}


def filters(query: SearchQuery) -> dict[str, Clause]:
    """Each filter in force, by name."""
    made: dict[str, Clause] = {
        name: {"terms": {name: list(getattr(query, name))}}
        for name in FACETS
        if getattr(query, name)
    }
    limits = {"gte": query.price_min_minor, "lte": query.price_max_minor}
    if kept := {key: limit for key, limit in limits.items() if limit is not None}:
        made["price"] = {"range": {f"amount.{query.market}": kept}}
    if query.in_stock:
        made["in_stock"] = _available(query.market)
    return made


def all_but(made: dict[str, Clause], name: str = "") -> Clause:
    """All filters but one."""
    return {"bool": {"filter": [clause for other, clause in made.items() if other != name]}}


def counting(query: SearchQuery, made: dict[str, Clause]) -> dict[str, Any]:
    """The aggregations: each facet over what fits the other filters, prices, and the sums."""
    amount = f"amount.{query.market}"
    asked: dict[str, Any] = {
        name: _counted(made, name, values={"terms": {"field": name, "size": MOST_VALUES}})
        for name in FACETS
    }
    ranges = [{"from": low, "to": high} for low, high in _neighbours(ROUND_AMOUNTS)]
    asked["price"] = _counted(
        made,
        "price",
        low={"min": {"field": amount}},
        high={"max": {"field": amount}},
        ranges={"range": {"field": amount, "ranges": [_ends(each) for each in ranges]}},
    )
    asked["in_stock"] = _counted(made, "in_stock", can={"filter": _available(query.market)})
    asked["total"] = {"filter": all_but(made)}
    asked["matched"] = {"filter": {"match_all": {}}}
    return asked


def _counted(made: dict[str, Clause], name: str, **parts: Any) -> dict[str, Any]:
    return {"filter": all_but(made, name), "aggs": parts}


def _neighbours(edges: Sequence[int]) -> Iterable[tuple[int | None, int | None]]:
    return zip((None, *edges), (*edges, None), strict=True)


def _ends(limits: dict[str, int | None]) -> dict[str, int]:
    return {key: limit for key, limit in limits.items() if limit is not None}


def ordering(query: SearchQuery) -> list[Any]:
    """The order that the server keeps; equals are told apart by a number."""
    orders: dict[str, Any] = {
        Sort.NEWEST: {"published": "desc"},
        Sort.CHEAPEST: {f"amount.{query.market}": "asc"},
        Sort.DEAREST: {f"amount.{query.market}": "desc"},
    }
    first = [order for name, order in orders.items() if name == query.sort]
    return [*first, {"_score": "desc"}, {"tie": "asc"}]


def is_by_relevance(query: SearchQuery) -> bool:
    """Whether the text's worth comes before anything else."""
    return query.sort not in (Sort.NEWEST, Sort.CHEAPEST, Sort.DEAREST)


def to_read(market: str) -> list[str]:
    """The fields that ranking needs."""
    return [*_READ, *(f"{field}.{market}" for field in _READ_OF_MARKET)]
