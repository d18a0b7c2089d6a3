"""What one operation has loaded already, so that it is not asked for again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_cache: ContextVar[dict[Any, Any] | None] = ContextVar("engine_loaded_once", default=None)


@contextmanager
def keeping(cache: dict[Any, Any]) -> Iterator[None]:
    """Keep what is loaded within the block in `cache`."""
    token = _cache.set(cache)
    try:
        yield
    finally:
        _cache.reset(token)


def once(key: object, load: Callable[[], T]) -> T:
    """Return what `load` gives, loaded once for the running operation (always, outside of one)."""
    cache = _cache.get()
    if cache is None:
        return load()
    if key not in cache:
        cache[key] = load()
    found: T = cache[key]
    return found
