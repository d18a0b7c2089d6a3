"""Injecting faults that a real Saleor has, to test that we are protected against them."""

from collections.abc import Iterator
from contextlib import contextmanager

FAULTS = {
    "reordered": "asynchronous webhooks arrive in another order than their events",
    "doubled": "asynchronous webhooks arrive twice",
    "event_lost": "asynchronous webhooks are recorded but never sent",
    "empty_retried_body": "a request retried after a 5xx arrives with an empty body",
    "lost_reservation": "stock is not checked again when a checkout completes",
    "tax_answer_missing": "the App's tax response is treated as if it never came",
    "stale_webhook_cache": "synchronous webhooks repeat the last response for the same object",
}
_injected: set[str] = set()


@contextmanager
def inject(*names: str) -> Iterator[None]:
    """Inject the named faults during the block, in all threads of the process."""
    unknown = set(names) - FAULTS.keys()
    if unknown:
        raise ValueError(f"Unknown faults: {', '.join(sorted(unknown))}")
    added = set(names) - _injected
    _injected.update(added)
    try:
        yield
    finally:
        _injected.difference_update(added)


def is_injected(name: str) -> bool:
    """Tell whether the fault `name` is injected."""
    return name in _injected
