"""``/sitemap.xml``: the list of all lists of pages."""

from collections.abc import Iterator
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from catalog import queries as catalog
from catalog.markets import MARKETS
from marketplace.web.refusals import limited
from marketplace.web.storefront.sitemaps.entries import INDEX_CLOSING, INDEX_OPENING, section_entry
from vendors import queries as vendors

# Three languages of so many pages, each with its other languages and markets, are some 13 MB; a
# list may have 50,000 addresses and 50 MB.
LISTINGS_A_SECTION = 1000
COOPERATIVES_A_SECTION = 1000
# Counting 200,000 listings in six markets takes the database a second; an older list still leads
# to every section, as sections begin at a key.
_KEPT_SECONDS = 600
Section = tuple[str, datetime | None]


@require_safe
@limited("sitemap_address")
@conditional_page
def show_index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The sections of all markets, each with its last change."""
    sections = _kept_sections()
    text = "".join(section_entry(path, changed) for path, changed in sections)
    response = HttpResponse(
        f"{INDEX_OPENING}{text}{INDEX_CLOSING}", content_type="application/xml; charset=utf-8"
    )
    response["Cache-Control"] = "public, max-age=600"
    if latest := max((changed for _path, changed in sections if changed), default=None):
        response["Last-Modified"] = http_date(latest.timestamp())
    return response


def _kept_sections() -> list[Section]:
    kept: list[Section] | None = cache.get("sitemap-sections")
    if kept is None:
        kept = list(all_sections())
        cache.set("sitemap-sections", kept, _KEPT_SECONDS)
    return kept


def all_sections() -> Iterator[Section]:
    """The path of each list of pages, and when a page in it last changed, where that is known."""
    keys = vendors.public_keys()
    for market in MARKETS:
        sections = catalog.sections_of(market, LISTINGS_A_SECTION)
        changed = max((each.changed_at for each in sections), default=None)
        yield reverse("sitemaps:pages", args=[market.code]), changed
        for key in keys[::COOPERATIVES_A_SECTION]:
            yield reverse("sitemaps:cooperatives", args=[market.code, key]), None
        for each in sections:
            yield (
                reverse("sitemaps:listings", args=[market.code, each.first]),
                each.changed_at,
            )
