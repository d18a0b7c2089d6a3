"""Which markets show a listing or a category, and all published listings in sections, by key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max

from catalog.markets import MARKETS, Market
from catalog.models import ListingOffer, ListingPage
from catalog.queries.shop import pages_in, sold_in

# Each section's first key, how many listings it has, and when one of them last changed. A listing's
# offers in a channel are several; its section counts it once.
_SECTIONS = """
SELECT min(listing_id::text), count(*), max(updated_at) FROM (
    SELECT listing_id, updated_at,
        (row_number() OVER (ORDER BY listing_id) - 1) / %(size)s AS section
    FROM catalog_listingpage AS page
    WHERE is_published AND EXISTS (
        SELECT FROM catalog_listingoffer AS offer
        WHERE offer.page_id = page.listing_id AND offer.channel_slug = %(channel)s)
) AS numbered GROUP BY section ORDER BY section
"""
# Each channel's first such listing ends the search in it.
_CHANNELS_OF_CATEGORY = """
SELECT channel FROM unnest(%s::text[]) AS channel WHERE EXISTS (
    SELECT FROM catalog_listingoffer AS offer
    JOIN catalog_listingpage AS page ON page.listing_id = offer.page_id
    WHERE offer.channel_slug = channel AND page.is_published AND page.category_slug = %s)
"""


@dataclass(frozen=True)
class ListingSection:
    """Listings of a market from a key on, in the order of their ids."""

    first: UUID
    count: int
    changed_at: datetime


def markets_of_listing(page: ListingPage) -> list[Market]:
    """The markets in which a listing has a price, in our order."""
    sold = set(page.offers.order_by().values_list("channel_slug", flat=True).distinct())
    return [market for market in MARKETS if market.channel_slug in sold]


def markets_of_category(slug: str) -> list[Market]:
    """The markets that have a published listing in a category, in our order."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANNELS_OF_CATEGORY, [[m.channel_slug for m in MARKETS], slug])
        sold = {channel for (channel,) in cursor.fetchall()}
    return [market for market in MARKETS if market.channel_slug in sold]


def sections_of(market: Market, size: int) -> list[ListingSection]:
    """A market's published listings in sections of a size: the first key of each, not the rows."""
    with connection.cursor() as cursor:
        cursor.execute(_SECTIONS, {"size": size, "channel": market.channel_slug})
        return [ListingSection(UUID(first), n, changed) for first, n, changed in cursor.fetchall()]


def listings_from(market: Market, first: UUID, size: int) -> list[ListingPage]:
    """So many published listings of a market from a key on."""
    rows = sold_in(market).filter(listing_id__gte=first)
    return list(rows.order_by("listing_id")[:size])


def changes_from(market: Market, first: UUID, size: int) -> list[tuple[UUID, datetime]]:
    """The listings of ``listings_from`` by id, each with its last change."""
    rows = sold_in(market).filter(listing_id__gte=first).order_by("listing_id")
    return list(rows.values_list("listing_id", "updated_at")[:size])


def changed_by_category(market: Market) -> dict[str, datetime]:
    """When a listing of each of a market's categories last changed."""
    rows = sold_in(market).order_by()
    return dict(rows.values_list("category_slug").annotate(Max("updated_at")))


def changed_by_cooperative(cooperative_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When a published listing of each of some cooperatives last changed."""
    rows = ListingPage.objects.filter(is_published=True, cooperative_id__in=list(cooperative_ids))
    found = rows.order_by().values_list("cooperative_id").annotate(Max("updated_at"))
    return dict(found)


def listing_batches(market: Market, size: int = 500) -> Iterator[list[ListingPage]]:
    """All published listings of a market, fetched a batch at a time by their keys."""
    after = None
    while True:
        rows = pages_in(market).order_by("listing_id")
        batch = list((rows.filter(listing_id__gt=after) if after else rows)[:size])
        if batch:
            yield batch
        if len(batch) < size:
            return
        after = batch[-1].listing_id


def channels_of(pages: list[ListingPage]) -> dict[UUID, set[str]]:
    """The channels in which each of some listings has a price."""
    rows = ListingOffer.objects.filter(page__in=[page.listing_id for page in pages])
    found: dict[UUID, set[str]] = {}
    for listing_id, channel in rows.order_by().values_list("page_id", "channel_slug").distinct():
        found.setdefault(listing_id, set()).add(channel)
    return found
