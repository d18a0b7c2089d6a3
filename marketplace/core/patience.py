"""How long a checkup waits for those who do not answer: a few seconds for all of them together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# For somebody who is asked when nothing is left: enough to be refused, or to answer at once.
LEAST_SECONDS = 0.2


@dataclass
class _Left:
    seconds: float


_left: ContextVar[_Left | None] = ContextVar("patience_left", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Wait for so many seconds in vain, for all that is asked inside together."""
    token = _left.set(_Left(seconds))
    try:
        yield
    finally:
        _left.reset(token)


def patience(usual: float) -> float:
    """For how many seconds to wait for an answer now: as usual, or what a checkup has left."""
    left = _left.get()
    return usual if left is None else max(LEAST_SECONDS, min(usual, left.seconds))


@contextmanager
def counted() -> Iterator[None]:
    """Count the time of what fails inside; whoever answers, however slowly, costs no patience."""
    began = time.monotonic()
    try:
        yield
    except Exception:
        if left := _left.get():
            left.seconds -= time.monotonic() - began
        raise
