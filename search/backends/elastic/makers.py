"""When the first listing of each cooperative came into the shop."""

import time
from functools import lru_cache

from search.backends.elastic.asking import MOST_VALUES
from search.backends.elastic.server import server

_FRESH_SECONDS = 60


def first_published(index: str) -> dict[str, int]:
    """Cooperative → the moment (seconds), at most a minute old."""
    return _asked(index, int(time.monotonic() / _FRESH_SECONDS))


@lru_cache(maxsize=4)
def _asked(index: str, _minute: int) -> dict[str, int]:
    first = {"since": {"min": {"field": "published"}}}
    answer = server().search(
        index=index,
        size=0,
        aggs={"makers": {"terms": {"field": "cooperatives", "size": MOST_VALUES}, "aggs": first}},
    )
    buckets = answer["aggregations"]["makers"]["buckets"]
    return {bucket["key"]: int(bucket["since"]["value"]) for bucket in buckets}
