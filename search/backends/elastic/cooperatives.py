"""When the first listing of each cooperative was published."""

import time
from functools import lru_cache

from elasticsearch.dsl import Search, aggs

from search.backends.elastic.aggregations import value_counts
from search.backends.elastic.server import execute

_FRESH_SECONDS = 60


def first_published(index: str) -> dict[str, int]:
    """Cooperative → when its first listing was published (seconds), at most a minute old."""
    return _first_published(index, int(time.monotonic() / _FRESH_SECONDS))


@lru_cache(maxsize=4)
def _first_published(index: str, _minute: int) -> dict[str, int]:
    search = Search().extra(size=0)
    search.aggs["cooperatives"] = value_counts("cooperatives", since=aggs.Min(field="published"))
    buckets = execute(search.to_dict(), index=index)["aggregations"]["cooperatives"]["buckets"]
    return {bucket["key"]: int(bucket["since"]["value"]) for bucket in buckets}
