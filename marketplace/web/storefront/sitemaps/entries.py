"""Pages as a sitemap lists them: address, last change, other languages and markets, photographs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from catalog.markets import Market
from marketplace.web.storefront.page_heads.addresses import (
    LANGUAGES,
    alternates,
    page_address,
    whole,
)

HEADING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENING = (
    f'{HEADING}<urlset xmlns="{_SITEMAP}"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
CLOSING = "</urlset>\n"
INDEX_OPENING = f'{HEADING}<sitemapindex xmlns="{_SITEMAP}">\n'
INDEX_CLOSING = "</sitemapindex>\n"
# The most that the rules allow for one page.
_PHOTOGRAPHS = 1000


def entries(
    name: str,
    market: Market,
    markets: Iterable[Market],
    *,
    changed_at: datetime | None = None,
    photographs: Sequence[str] = (),
    **filling: str,
) -> Iterator[str]:
    """A page in each language of a market; ``markets`` are all that show it."""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{each.readers}" href={quoteattr(each.url)}/>\n'
        for each in alternates(name, markets, **filling)
    )
    pictures = "".join(
        f"<image:image><image:loc>{escape(whole(photo))}</image:loc></image:image>\n"
        for photo in photographs[:_PHOTOGRAPHS]
    )
    changed = _changed(changed_at)
    for language in LANGUAGES:
        address = escape(page_address(name, market, language, **filling))
        yield f"<url><loc>{address}</loc>{changed}\n{pictures}{others}</url>\n"


def section_entry(path: str, changed_at: datetime | None = None) -> str:
    """One list of pages, as the list of lists names it."""
    return f"<sitemap><loc>{escape(whole(path))}</loc>{_changed(changed_at)}</sitemap>\n"


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
