"""A cache for the running operation, so that nothing is loaded twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_cache: ContextVar[dict[Any, Any] | None] = ContextVar("engine_request_cache", default=None)


@contextmanager
def use_cache(cache: dict[Any, Any]) -> Iterator[None]:
    """Keep what the block loads in `cache`."""
    token = _cache.set(cache)
    try:
        yield
    finally:
        _cache.reset(token)


def get_or_load(key: object, load: Callable[[], T]) -> T:
    """Return the cached value of `key`, loading it on first use; without a cache, always load."""
    cache = _cache.get()
    if cache is None:
        return load()
    if key not in cache:
        cache[key] = load()
    found: T = cache[key]
    return found
