"""Facet counts: the aggregations that a search asks for, and how their results are read."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from elasticsearch.dsl import aggs
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import MatchAll

from search.backends.elastic.query_dsl import Filters, all_but, available_in
from search.backends.interface import Matches
from search.filters import FACETS, FILTERS
from search.prices import ROUND_AMOUNTS, counted_ranges, price_edges

Aggs = dict[str, Agg[Any]]

MAX_VALUES = 5000


def value_counts(field: str, **each: Agg[Any]) -> Agg[Any]:
    """Counts of documents by a field's values, with sub-aggregations for ``each`` value."""
    return aggs.Terms(field=field, size=MAX_VALUES, aggs=each)


def facet_counts(market: str, filters: Filters) -> dict[str, Any]:
    """The part of a search request that depends on filters: aggregations and the post-filter.

    Each facet, the prices and the stock are counted over what passes the other filters, ``total``
    over what passes all of them, ``matched_count`` over all that the words match.
    """
    return _facet_counts(market, filters) if filters else _unfiltered(market)


@lru_cache(maxsize=32)
def _unfiltered(market: str) -> dict[str, Any]:
    return _facet_counts(market, {})


def _facet_counts(market: str, filters: Filters) -> dict[str, Any]:
    passing = all_but(filters)
    counted: Aggs = {
        name: aggs.Filter(filter=all_but(filters, name) if name in filters else passing, aggs=parts)
        for name, parts in _aggregations(market).items()
    }
    counted["total"] = aggs.Filter(filter=passing)
    counted["matched"] = aggs.Filter(filter=MatchAll())
    return {
        "post_filter": passing.to_dict(),
        "aggs": {name: aggregation.to_dict() for name, aggregation in counted.items()},
    }


@lru_cache(maxsize=32)
def _aggregations(market: str) -> dict[str, Aggs]:
    """What is counted, by the name of the filter that is left out for it."""
    amount = f"amount.{market}"
    return {
        **{name: {"values": value_counts(name)} for name in FACETS},
        "price": {
            "low": aggs.Min(field=amount),
            "high": aggs.Max(field=amount),
            "ranges": aggs.Range(field=amount, ranges=list(_ranges(ROUND_AMOUNTS))),
        },
        "in_stock": {"available": aggs.Filter(filter=available_in(market))},
    }


def counts_of(results: Mapping[str, Any]) -> Matches:
    """The counts of a response's aggregations, as a result that has no documents yet."""
    total = results["total"]["doc_count"]
    prices = results["price"]
    low, high = _amount(prices["low"]), _amount(prices["high"])
    return Matches(
        matched_count=results["matched"]["doc_count"],
        total=total,
        facets={name: _counts_by_value(results[name]["values"]) for name in FACETS},
        in_stock_count=results["in_stock"]["available"]["doc_count"],
        counts_without={} if total else {name: results[name]["doc_count"] for name in FILTERS},
        lowest_price_minor=low,
        highest_price_minor=high,
        price_ranges=_price_counts(prices["ranges"]["buckets"], low, high),
    )


def _counts_by_value(result: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in result["buckets"]}


def _amount(result: Mapping[str, Any]) -> int | None:
    """A lowest or highest amount in minor units; None where nothing was found."""
    return None if result["value"] is None else int(result["value"])


def _ranges(edges: Sequence[int]) -> Iterator[dict[str, int]]:
    """The ranges between neighbouring edges, and those below the first and above the last."""
    yield {"to": edges[0]}
    yield from ({"from": low, "to": high} for low, high in pairwise(edges))
    yield {"from": edges[-1]}


def _price_counts(
    buckets: Sequence[Mapping[str, Any]], low: int | None, high: int | None
) -> list[tuple[int | None, int | None, int]]:
    """The counts between all round amounts, added up between the edges that suit the prices."""
    edges = price_edges(low, high)
    counts = [0] * (len(edges) + 1)
    for begin, bucket in zip((0, *ROUND_AMOUNTS), buckets, strict=True):
        counts[bisect_right(edges, begin)] += bucket["doc_count"]
    return counted_ranges(edges, counts)
