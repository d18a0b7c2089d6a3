"""Switches that make the engine fail the way a real Saleor does, for tests of our protections."""

from collections.abc import Iterator
from contextlib import contextmanager

NAMES = {
    "reordered": "asynchronous webhooks arrive in another order than they happened",
    "doubled": "asynchronous webhooks arrive twice",
    "event_lost": "asynchronous webhooks are recorded but never sent",
    "empty_retried_body": "a request retried after a 5xx arrives with an empty body",
    "lost_reservation": "stock is not checked again when a checkout completes",
    "tax_answer_missing": "the App's tax answer is treated as if it never came",
    "stale_webhook_cache": "synchronous webhooks repeat the last answer for the same object",
}
_active: set[str] = set()


@contextmanager
def active(*names: str) -> Iterator[None]:
    """Switch the named hazards on for the block (process-wide, so that threads see them)."""
    unknown = set(names) - NAMES.keys()
    if unknown:
        raise ValueError(f"Unknown hazards: {', '.join(sorted(unknown))}")
    added = set(names) - _active
    _active.update(added)
    try:
        yield
    finally:
        _active.difference_update(added)


def is_active(name: str) -> bool:
    """Tell whether the hazard `name` is switched on."""
    return name in _active
