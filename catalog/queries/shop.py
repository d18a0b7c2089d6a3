"""Queries on the public read model; they do not call the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from catalog.markets import Market, market_of
from catalog.models import ListingOffer, ListingPage
from catalog.seasons import types_in_season

PAGE_SIZE = 24


@dataclass(frozen=True)
class Offer:
    """A variant's price in a channel, and what a basket line needs of it.

    ``amount_minor`` counts minor units of ``currency``. ``names`` maps a language to a name;
    ``image`` is empty when only an illustration exists. ``available`` items can be bought.
    """

    variant_id: UUID
    listing_id: UUID
    cooperative_id: UUID
    names: Mapping[str, str]
    variant_name: str
    amount_minor: int
    currency: str
    available: int
    weight_grams: int
    slug: str
    image: str
    category_slug: str
    taxonomy_slug: str
    illustration_seed: str
    hs_code: str
    origin_country: str

    def name(self, language: str) -> str:
        """The listing's name in a language, else in the base language, else in any."""
        for key in (language, settings.BASE_LANGUAGE, *self.names):
            if text := self.names.get(key):
                return text
        return ""


def _market(market: str | Market) -> Market:
    return market if isinstance(market, Market) else market_of(market)


def pages_in(market: str | Market) -> QuerySet[ListingPage]:
    """Published listings that have a price in the market, each with ``market_offers``.

    ``page.market_offers`` is the list of its offers there, in order; the first is the one shown.
    """
    channel = _market(market).channel_slug
    offers = ListingOffer.objects.filter(channel_slug=channel)
    return (
        ListingPage.objects.filter(is_published=True, offers__channel_slug=channel)
        .distinct()
        .prefetch_related(Prefetch("offers", queryset=offers, to_attr="market_offers"))
    )


def listing_page(slug: str, market: str | Market) -> ListingPage | None:
    """A published listing that the market sells, with ``market_offers``; None if there is none."""
    return pages_in(market).filter(slug=slug).first()


def listing_pages(ids: Iterable[UUID], market: str | Market | None = None) -> list[ListingPage]:
    """The read model of listings, in the order of ``ids``; with offers if a market is named."""
    wanted = list(ids)
    rows = ListingPage.objects.all() if market is None else pages_in(market)
    found = {page.listing_id: page for page in rows.filter(listing_id__in=wanted)}
    return [found[listing_id] for listing_id in wanted if listing_id in found]


def offers_for(variant_ids: Iterable[UUID], channel: str) -> dict[UUID, Offer]:
    """Offers of variants in a channel (its slug); a variant that it does not sell is left out."""
    rows = ListingOffer.objects.select_related("page").filter(
        variant_id__in=list(variant_ids), channel_slug=channel, page__is_published=True
    )
    return {row.variant_id: _offer(row) for row in rows}


def newest(market: str | Market, n: int = 8) -> list[ListingPage]:
    """The most recently published listings that can be bought now, own country's first."""
    return _newest_of(pages_in(market).filter(quantity_available__gt=0), _market(market), n)


def season(market: str | Market, n: int = 8) -> list[ListingPage]:
    """Listings of types in season this month: own country's first, each newest first."""
    slugs = types_in_season(timezone.now().month)
    rows = pages_in(market).filter(quantity_available__gt=0, taxonomy_slug__in=slugs)
    return _newest_of(rows, _market(market), n)


def _newest_of(rows: QuerySet[ListingPage], market: Market, n: int) -> list[ListingPage]:
    """The newest ``n`` from the market's own countries, then the newest from others."""
    newest_first = rows.order_by("-published_at", "listing_id")
    found = list(newest_first.filter(country_code__in=market.country_codes)[:n])
    if len(found) < n:
        found += newest_first.exclude(country_code__in=market.country_codes)[: n - len(found)]
    return found


def of_cooperative(slug: str, market: str | Market, page: int = 1) -> Page[ListingPage]:
    """A page of 24 of a cooperative's listings in a market, available ones first."""
    rows = pages_in(market).filter(cooperative_slug=slug)
    return Paginator(rows.order_by("-published_at", "listing_id"), PAGE_SIZE).get_page(page)


def counts_by_category(market: str | Market) -> dict[str, int]:
    """The number of listings by category of a market; empty categories are left out."""
    channel = _market(market).channel_slug
    rows = (
        ListingPage.objects.filter(is_published=True, offers__channel_slug=channel)
        .values("category_slug")
        .annotate(n=Count("listing_id", distinct=True))
    )
    return {row["category_slug"]: row["n"] for row in rows}


def _offer(row: ListingOffer) -> Offer:
    page = row.page
    return Offer(
        variant_id=row.variant_id,
        listing_id=page.listing_id,
        cooperative_id=page.cooperative_id,
        names=page.names,
        variant_name=row.variant_name,
        amount_minor=row.amount_minor,
        currency=row.currency,
        available=row.available,
        weight_grams=row.weight_grams or page.weight_grams,
        slug=page.slug,
        image=page.image,
        category_slug=page.category_slug,
        taxonomy_slug=page.taxonomy_slug,
        illustration_seed=page.illustration_seed,
        hs_code=page.hs_code,
        origin_country=page.origin_country,
    )
