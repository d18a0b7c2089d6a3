"""What a page tells those who look at it from outside: search engines, and who previews a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What previews of links show whole, on phones as on desks.
PREVIEW_WIDTH, PREVIEW_HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page for other readers: ``fr-MA``, ``ar-EG``, ``x-default``; a whole address."""

    readers: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """The head of a page that strangers may be shown, in its reader's language.

    ``url`` is the page's one whole address, ``alternates`` name it in every language and market.
    ``structured`` are objects in schema.org's words. A page that ``is_indexed`` False is kept out
    of search engines, and then names neither.
    """

    title: str
    description: str
    url: str
    locale: str
    site: str
    other_locales: Sequence[str] = ()
    alternates: Sequence[Alternate] = ()
    is_indexed: bool = True
    kind: str = "website"
    # A picture for previews, 1200 by 630, and what it shows in words.
    picture_url: str = ""
    picture_text: str = ""
    # A product's price as the machines read it: ``165.00`` and ``MAD``.
    price: str = ""
    currency: str = ""
    is_available: bool = True
    structured: Sequence[Mapping[str, Any]] = ()
