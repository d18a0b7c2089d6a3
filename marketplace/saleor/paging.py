"""Reading all pages of a list of the engine."""

from collections.abc import Callable, Iterator
from typing import Any


def nodes(ask: Callable[[str | None], Any]) -> Iterator[Any]:
    """Every node; ``ask`` gets a cursor (None at first) and returns the connection, or None."""
    after: str | None = None
    while (page := ask(after)) is not None:
        yield from (edge.node for edge in page.edges)
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor
