"""Listings as the shop shows them, for tests that need no engine."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from catalog.categories import category_slug_of
from catalog.markets import market_of
from catalog.models import ListingOffer, ListingPage
from catalog.taxonomy import find_listing_type

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def listing_page(
    taxonomy: str = "honey-thyme",
    *,
    prices: dict[str, int] | None = None,
    available: int = 5,
    listing_id: UUID | None = None,
    **fields: Any,
) -> ListingPage:
    """A published listing of some goods; ``prices`` maps market codes to minor units."""
    goods = find_listing_type(taxonomy)
    names = {lang: goods.name(lang) for lang in ("ar", "fr", "en")} if goods else {}
    key = listing_id or uuid4()
    page = ListingPage.objects.create(
        **{
            "listing_id": key,
            "slug": f"{taxonomy}-{key.hex[:8]}",
            "cooperative_id": uuid4(),
            "cooperative_slug": "tafraout",
            "cooperative_names": {"ar": "تعاونية تافراوت", "fr": "Coopérative Tafraout"},
            "programme_id": uuid4(),
            "country_code": "MA",
            "region_code": "MA-09",
            "place_names": {"ar": "تافراوت", "fr": "Tafraout", "en": "Tafraout"},
            "sector": "food",
            "kind": "women",
            "category_slug": category_slug_of(taxonomy),
            "taxonomy_slug": taxonomy,
            "names": names,
            "weight_grams": 500,
            "illustration_seed": "1",
            "is_listed": True,
            "is_published": True,
            "quantity_available": available,
            "published_at": LONG_AGO,
            "engine_updated_at": LONG_AGO,
            "seen_at": LONG_AGO,
            "content_hash": "0",
            **fields,
        }
    )
    for code, amount in (prices or {"ma": 5000}).items():
        market = market_of(code)
        ListingOffer.objects.create(
            page=page,
            variant_id=uuid4(),
            channel_slug=market.channel_slug,
            amount_minor=amount,
            currency=market.currency,
            available=available,
        )
    return page
