"""Steps of a sequence: rules whose taking is counted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis.stateful import rule


def step(**drawn: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule of the machine; ``taken`` of its class counts how often it was taken."""

    def mark(act: Callable[..., None]) -> Any:
        @wraps(act)
        def counted(machine: Any, **values: Any) -> None:
            machine.taken[act.__name__] += 1
            act(machine, **values)

        return rule(**drawn)(counted)

    return mark
