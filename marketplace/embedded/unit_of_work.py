"""One engine write: a database transaction together with the events it causes.

Events emitted inside become deliveries just before the commit, so that their payloads show the
final state, and a rollback discards them too. Synchronous webhooks must never be called inside a
write, because its locks would be held while the App answers: `assert_no_open_write` checks that.
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
_pending: ContextVar[list[Callable[[], None]] | None] = ContextVar("engine_write", default=None)


@contextmanager
def write() -> Iterator[None]:
    """Run a block in one engine transaction; nested blocks join the outermost."""
    if _pending.get() is not None:
        with transaction.atomic(using=ENGINE_ALIAS):
            yield
        return
    pending: list[Callable[[], None]] = []
    token = _pending.set(pending)
    try:
        with transaction.atomic(using=ENGINE_ALIAS):
            yield
            _run_pending(pending)
    finally:
        _pending.reset(token)


def _run_pending(pending: list[Callable[[], None]]) -> None:
    token = _loaded.set({})
    try:
        while pending:
            pending.pop(0)()
    finally:
        _loaded.reset(token)


def before_commit(action: Callable[[], None]) -> None:
    """Run `action` just before the open write commits, or now when no write is open."""
    pending = _pending.get()
    if pending is None:
        action()
    else:
        pending.append(action)


def load_for_commit(key: object, load: Callable[[], T]) -> T:
    """Return what `load` returns; before a commit, load it once for all events of the write.

    Nothing changes any more by then, so events about one object can share it.
    """
    loaded = _loaded.get()
    if loaded is None:
        return load()
    if key not in loaded:
        loaded[key] = load()
    found: T = loaded[key]
    return found


def assert_no_open_write() -> None:
    """Raise EngineError inside an open write."""
    if _pending.get() is not None:
        raise EngineError("A synchronous webhook must not be called inside an engine write.")
