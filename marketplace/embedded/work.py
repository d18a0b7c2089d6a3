"""One engine write: a transaction on the engine's connection plus the events it caused.

Events emitted inside are turned into deliveries just before the commit, so that payloads show
the final state and a rollback takes its events along. Synchronous webhooks must never be called
inside (locks would wait for the App): `assert_outside` guards that.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

from marketplace.embedded.errors import EngineError

ENGINE_ALIAS = "engine"

T = TypeVar("T")
_loaded: ContextVar[dict[object, Any] | None] = ContextVar("engine_loaded", default=None)
_open: ContextVar[list[Callable[[], None]] | None] = ContextVar("engine_write", default=None)


@contextmanager
def write() -> Iterator[None]:
    """Run a block in one engine transaction; nested blocks join the outermost."""
    if _open.get() is not None:
        with transaction.atomic(using=ENGINE_ALIAS):
            yield
        return
    pending: list[Callable[[], None]] = []
    token = _open.set(pending)
    try:
        with transaction.atomic(using=ENGINE_ALIAS):
            yield
            loaded = _loaded.set({})
            try:
                while pending:
                    pending.pop(0)()
            finally:
                _loaded.reset(loaded)
    finally:
        _open.reset(token)


def before_commit(action: Callable[[], None]) -> None:
    """Run `action` just before the open write commits, or now when none is open."""
    pending = _open.get()
    if pending is None:
        action()
    else:
        pending.append(action)


def at_commit(key: object, load: Callable[[], T]) -> T:
    """Return what `load` gives; while a write is being closed, load it once for all its events.

    Nothing changes any more by then, so that events about one object share the object.
    """
    loaded = _loaded.get()
    if loaded is None:
        return load()
    if key not in loaded:
        loaded[key] = load()
    found: T = loaded[key]
    return found


def assert_outside() -> None:
    """Raise EngineError when called inside an open write."""
    if _open.get() is not None:
        raise EngineError("A synchronous webhook must not be called inside an engine write.")
