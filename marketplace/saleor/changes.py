"""What a comparison with the engine finds: each difference in words, with how it is mended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.saleor.answers import accepted


@dataclass(frozen=True)
class Change:
    """One thing that the plan wants and the engine does not have.

    ``make`` makes it; without one, our App may not, and an administrator has to.
    """

    what: str
    make: Callable[[], None] | None = None


def ok(payload: Any) -> None:
    """Nothing, when the engine accepted; raises EngineRefused otherwise."""
    accepted(payload)
