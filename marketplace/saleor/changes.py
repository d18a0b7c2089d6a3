"""Differences from the plan, with how to make them good."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.saleor.answers import accepted


@dataclass(frozen=True)
class Change:
    """A difference between plan and engine.

    ``make`` applies it; without one an administrator has to.
    """

    what: str
    make: Callable[[], None] | None = None


def ok(payload: Any) -> None:
    """Raise EngineRefused unless the engine accepted."""
    accepted(payload)
