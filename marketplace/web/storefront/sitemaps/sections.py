"""The lists of pages: of a market's own pages, its cooperatives, its listings."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import condition, conditional_page, require_safe

from catalog import queries as catalog
from catalog.categories import CATEGORIES
from catalog.errors import UnknownMarket
from catalog.markets import MARKETS, Market, market_of
from marketplace.legal.models import TextKind
from marketplace.web.refusals import limited
from marketplace.web.storefront.info.views import PAGES
from marketplace.web.storefront.page_heads.addresses import whole
from marketplace.web.storefront.sitemaps.entries import CLOSING, OPENING, entries
from marketplace.web.storefront.sitemaps.index import COOPERATIVES_A_SECTION, LISTINGS_A_SECTION
from vendors import queries as vendors

_XML = "application/xml; charset=utf-8"
_CACHE = {"Cache-Control": "public, max-age=3600"}


@require_safe
@limited("sitemap_address")
@conditional_page
def show_pages(request: HttpRequest, market: str) -> HttpResponse:  # noqa: ARG001
    """The home page, the directory, categories and information pages of a market."""
    return _whole_list(_pages(_known(market)))


@require_safe
@limited("sitemap_address")
@conditional_page
def show_cooperatives(request: HttpRequest, market: str, first: UUID) -> HttpResponse:  # noqa: ARG001
    """Published cooperatives from an id on."""
    found = vendors.public_from(first, COOPERATIVES_A_SECTION)
    if not found:
        raise Http404
    changed = catalog.changed_by_cooperative(each.pk for each in found)
    shown_in = _known(market)
    return _whole_list(
        entry
        for each in found
        for entry in entries(
            "cooperative",
            shown_in,
            MARKETS,
            slug=each.slug,
            changed_at=max(filter(None, [each.published_at, changed.get(each.pk)])),
        )
    )


def _stamp(request: HttpRequest, market: str, first: UUID) -> tuple[str, datetime] | None:
    """The tag of a list of listings and its last change, without reading them; once a request."""
    if not hasattr(request, "sitemap_stamp"):
        changes = catalog.changes_from(_known(market), first, LISTINGS_A_SECTION)
        tag = hashlib.sha256(f"{whole('/')} {market} {changes}".encode()).hexdigest()[:32]
        latest = max((changed for _listing_id, changed in changes), default=None)
        found = (f'"{tag}"', latest) if latest else None
        request.sitemap_stamp = found  # type: ignore[attr-defined]
    stamp: tuple[str, datetime] | None = request.sitemap_stamp  # type: ignore[attr-defined]
    return stamp


def _tag_of(request: HttpRequest, market: str, first: UUID) -> str | None:
    stamp = _stamp(request, market, first)
    return stamp[0] if stamp else None


def _changed_at(request: HttpRequest, market: str, first: UUID) -> datetime | None:
    stamp = _stamp(request, market, first)
    return stamp[1] if stamp else None


@require_safe
@limited("sitemap_address")
@condition(etag_func=_tag_of, last_modified_func=_changed_at)
def show_listings(request: HttpRequest, market: str, first: UUID) -> HttpResponseBase:
    """Published listings of a market from an id on, with their photographs."""
    if _stamp(request, market, first) is None:
        raise Http404
    return StreamingHttpResponse(
        _listings(_known(market), first), content_type=_XML, headers=_CACHE
    )


def _known(code: str) -> Market:
    try:
        return market_of(code)
    except UnknownMarket:
        raise Http404 from None


def _whole_list(found: Iterator[str]) -> HttpResponse:
    return HttpResponse(f"{OPENING}{''.join(found)}{CLOSING}", content_type=_XML, headers=_CACHE)


def _pages(market: Market) -> Iterator[str]:
    changed = catalog.changed_by_category(market)
    latest = max(changed.values(), default=None)
    yield from entries("home", market, MARKETS, changed_at=latest)
    yield from entries("cooperatives", market, MARKETS)
    for category in CATEGORIES:
        if category.slug in changed:
            markets = catalog.markets_of_category(category.slug)
            when = changed[category.slug]
            yield from entries("category", market, markets, slug=category.slug, changed_at=when)
    for slug in sorted(PAGES):
        yield from entries("info", market, MARKETS, slug=slug)
    for kind in TextKind.values:
        yield from entries("legal", market, MARKETS, slug=kind)


def _listings(market: Market, first: UUID) -> Iterator[str]:
    yield OPENING
    found = catalog.listings_from(market, first, LISTINGS_A_SECTION)
    channels = catalog.channels_of(found)
    for page in found:
        sold = channels.get(page.listing_id, set())
        yield from entries(
            "listing",
            market,
            [each for each in MARKETS if each.channel_slug in sold],
            slug=page.slug,
            changed_at=page.updated_at,
            photographs=page.media,
        )
    yield CLOSING
