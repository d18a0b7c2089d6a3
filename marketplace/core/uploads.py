"""How much the body of a request may hold, said beside the page that takes it.

The web server reads a body before a page is asked (``marketplace.serving``), and refuses one that
is too large before it reads it. A page that takes files says how much: ``takes_files(most)``.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.urls import Resolver404, resolve

# What a form without files, a question to the API or a webhook needs, generously.
ORDINARY_BYTES = 1024 * 1024
# What else is in a form with files: its fields, and the lines between them.
_BESIDE_FILES = 256 * 1024
_NAME = "most_body_bytes"

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(most: int) -> Callable[[View], View]:
    """Let a page take files of ``most`` bytes together."""

    def declare(view: View) -> View:
        setattr(view, _NAME, most + _BESIDE_FILES)
        return view

    return declare


def most_body_bytes(path: str) -> int:
    """How many bytes a request to this path may send."""
    try:
        view = resolve(path).func
    except Resolver404:
        return ORDINARY_BYTES
    return int(getattr(view, _NAME, ORDINARY_BYTES))
