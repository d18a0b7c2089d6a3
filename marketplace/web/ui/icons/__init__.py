"""The icons, as paths: Lucide (ISC licence, see LICENSE-lucide.txt), 24 px, stroked.

A page has one hidden sprite with only the icons it shows; fragments that htmx swaps in have the
paths themselves, because the page's sprite may lack them.
"""

import json
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("lucide.json")

# These point in the reading direction, and are mirrored in a right-to-left page.
DIRECTIONAL = frozenset(
    {
        "arrow-down-left",
        "arrow-left",
        "arrow-right",
        "arrow-up-right",
        "book-open",
        "chevron-left",
        "chevron-right",
        "external-link",
        "list",
        "list-checks",
        "log-in",
        "log-out",
        "message-circle",
        "send",
        "truck",
        "undo",
        "undo-2",
    }
)


class UnknownIcon(LookupError):
    """No icon of this name: add it to ``lucide.json``."""


@cache
def _paths() -> dict[str, str]:
    paths: dict[str, str] = json.loads(_SOURCE.read_text(encoding="utf-8"))
    return paths


def names() -> list[str]:
    """Every icon there is."""
    return list(_paths())


def paths(name: str) -> str:
    """The shapes of one icon, as SVG; raises UnknownIcon."""
    try:
        return _paths()[name]
    except KeyError:
        raise UnknownIcon(name) from None
