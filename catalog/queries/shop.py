"""Queries on the public read model; they do not call the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from catalog.categories import CATEGORIES
from catalog.markets import Market, market_of
from catalog.models import ListingOffer, ListingPage
from catalog.queries.rows import filled_categories, newest_sold, sold_by_id, sold_by_slug
from catalog.seasons import types_in_season
from marketplace.core.public_facts import public_fact

PAGE_SIZE = 24


@dataclass(frozen=True)
class Offer:
    """A variant's price in a channel, and what a basket line needs of it.

    ``amount_minor`` counts minor units of ``currency``. ``names`` maps a language to a name;
    ``image`` is empty when only an illustration exists. ``available`` items can be bought, in one
    order ``most_per_order`` of them where there is such a limit.
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
    most_per_order: int | None = None

    def name(self, language: str) -> str:
        """The listing's name in a language, else in the base language, else in any."""
        for key in (language, settings.BASE_LANGUAGE, *self.names):
            if text := self.names.get(key):
                return text
        return ""

    def title(self, language: str) -> str:
        """The same with its variant, where it has one."""
        name = self.name(language)
        return f"{name} ({self.variant_name})" if self.variant_name else name


def _market(market: str | Market) -> Market:
    return market if isinstance(market, Market) else market_of(market)


def pages_in(market: str | Market) -> QuerySet[ListingPage]:
    """Published listings that have a price in the market, each with ``market_offers``.

    ``page.market_offers`` is the list of its offers there, in order; the first is the one shown.
    """
    offers = ListingOffer.objects.filter(channel_slug=_market(market).channel_slug)
    shown = Prefetch("offers", queryset=offers, to_attr="market_offers")
    return sold_in(market).prefetch_related(shown)


def sold_in(market: str | Market) -> QuerySet[ListingPage]:
    """Published listings that have a price in the market, by a condition instead of a join."""
    offers = ListingOffer.objects.filter(channel_slug=_market(market).channel_slug)
    # Not a join made distinct: that would sort and compare whole rows with all their texts.
    sold_here = Exists(offers.filter(page=OuterRef("pk")))
    return ListingPage.objects.filter(sold_here, is_published=True)


def listing_page(slug: str, market: str | Market) -> ListingPage | None:
    """A published listing that the market sells, with ``market_offers``; None if there is none."""
    return sold_by_slug(slug, _market(market).channel_slug)


def listing_pages(ids: Iterable[UUID], market: str | Market | None = None) -> list[ListingPage]:
    """The read model of listings, in the order of ``ids``; with offers if a market is named."""
    wanted = list(ids)
    if market is None:
        rows = ListingPage.objects.filter(listing_id__in=wanted)
        found = {page.listing_id: page for page in rows}
    else:
        found = sold_by_id(wanted, _market(market).channel_slug)
    return [found[listing_id] for listing_id in wanted if listing_id in found]


def offers_for(variant_ids: Iterable[UUID], channel: str) -> dict[UUID, Offer]:
    """Offers of variants in a channel (its slug); a variant that it does not sell is left out."""
    rows = ListingOffer.objects.select_related("page").filter(
        variant_id__in=list(variant_ids), channel_slug=channel, page__is_published=True
    )
    return {row.variant_id: _offer(row) for row in rows}


class OfType(NamedTuple):
    """A listing and its type."""

    listing_id: UUID
    taxonomy_slug: str


@public_fact
def newest(market: str | Market, n: int = 8) -> list[OfType]:
    """The most recently published listings that can be bought now, own country's first."""
    return _newest_of(_buyable_in(market), _market(market), n)


@public_fact
def season(market: str | Market, n: int = 8) -> list[OfType]:
    """Listings of types in season this month: own country's first, each newest first."""
    slugs = types_in_season(timezone.now().month)
    return _newest_of(_buyable_in(market).filter(taxonomy_slug__in=slugs), _market(market), n)


def _buyable_in(market: str | Market) -> QuerySet[ListingPage]:
    return sold_in(market).filter(quantity_available__gt=0)


def _newest_of(rows: QuerySet[ListingPage], market: Market, n: int) -> list[OfType]:
    """The newest ``n`` from the market's own countries, then the newest from others."""
    newest_first = rows.order_by("-published_at", "listing_id")
    shown = newest_first.values_list("listing_id", "taxonomy_slug")
    found = list(shown.filter(country_code__in=market.country_codes)[:n])
    if len(found) < n:
        found += shown.exclude(country_code__in=market.country_codes)[: n - len(found)]
    return [OfType(*row) for row in found]


def of_cooperative(slug: str, market: str | Market, page: int = 1) -> Page[ListingPage]:
    """A page of 24 of a cooperative's listings in a market, available ones first."""
    rows = pages_in(market).filter(cooperative_slug=slug)
    return Paginator(rows.order_by("-published_at", "listing_id"), PAGE_SIZE).get_page(page)


def newest_of_cooperative(
    slug: str, market: str | Market, n: int, *, without: UUID | None = None
) -> list[ListingPage]:
    """The newest ``n`` listings of a cooperative in a market, but one."""
    return newest_sold(slug, _market(market).channel_slug, n, without=without)


@public_fact
def categories_in(market: str | Market) -> set[str]:
    """The categories (slugs) in which a market sells anything."""
    return filled_categories([each.slug for each in CATEGORIES], _market(market).channel_slug)


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
        most_per_order=row.most_per_order,
    )
