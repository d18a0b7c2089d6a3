"""Read models as cards of the components."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog import queries as catalog
from catalog.drawing_seeds import drawing_seed
from catalog.models import ListingOffer, ListingPage
from marketplace.web.storefront.reviews.scores import score_text
from marketplace.web.storefront.shell import Shop
from marketplace.web.storefront.to_the_door import (
    after_free_delivery,
    delivery_of_one,
    is_from_abroad,
)
from marketplace.web.storefront.units import NAMES, quantity_text, unit_price
from marketplace.web.ui import illustrations
from marketplace.web.ui.components import ProductCard

# From this stock on, "the last ones" would be a false urgency.
LAST_ONE = 1


def product_card(shop: Shop, page: ListingPage, offer: ListingOffer | None = None) -> ProductCard:
    """A listing in a grid, with the price of this market."""
    shown = offer or page.market_offers[0]  # type: ignore[attr-defined]
    unit = unit_price(shown.amount_minor, page.net_quantity)
    return ProductCard(
        name=page.name(shop.language),
        lang=language_of(page.names, shop.language),
        url=shop.url("listing", slug=page.slug),
        cooperative=page.cooperative_name(shop.language),
        place=page.place_name(shop.language),
        amount_minor=shown.amount_minor,
        currency=shown.currency,
        picture_url=page.image,
        taxonomy=page.taxonomy_slug or page.category_slug,
        seed=page.illustration_seed,
        region=page.region_code,
        unit=quantity_text(page.net_quantity),
        unit_amount_minor=unit.amount_minor if unit else None,
        unit_of=str(NAMES[unit.unit]) if unit else "",
        mark=mark_name(page.quality_marks[0]) if page.quality_marks else "",
        stock_note=stock_note(page.quantity_available),
        rating=score_text(page.score, shop.format),
        reviews=page.review_count if page.score is not None else 0,
        **_from_abroad(shop, page, shown),
    )


def _from_abroad(shop: Shop, page: ListingPage, offer: ListingOffer) -> dict[str, Any]:
    """What a card says of goods from abroad: the country, and the price to the door."""
    if not is_from_abroad(shop, page):
        return {}
    delivery = delivery_of_one(shop, page, offer, timezone.localdate())
    if delivery:
        delivery = after_free_delivery(delivery, offer, shop.free_from.get(page.cooperative_id))
    return {
        "from_country": shop.format.country(page.country_code),
        "delivered_minor": offer.amount_minor + delivery.amount_minor if delivery else None,
    }


class HasType(Protocol):
    """A listing, or what is known of it, with its type."""

    @property
    def taxonomy_slug(self) -> str: ...


Typed = TypeVar("Typed", bound=HasType)


def varied(listings: Iterable[Typed], n: int) -> list[Typed]:
    """At most ``n`` of the listings, one of each type before a second of any."""
    kinds: dict[str, list[Typed]] = {}
    for listing in listings:
        kinds.setdefault(listing.taxonomy_slug, []).append(listing)
    rounds = zip_longest(*kinds.values())
    return [listing for row in rounds for listing in row if listing is not None][:n]


def picture_of(page: ListingPage) -> str:
    """The first photograph, or else the drawing."""
    return page.image or illustrations.address(
        page.taxonomy_slug or page.category_slug,
        seed=page.illustration_seed,
        region=page.region_code,
    )


def pictures(listing_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Pictures of many listings at once."""
    return {page.listing_id: picture_of(page) for page in catalog.listing_pages(listing_ids)}


class Bought(Protocol):
    """A line of an order, whose listing may be gone."""

    @property
    def listing_id(self) -> UUID: ...

    @property
    def category_slug(self) -> str: ...


def pictures_of_bought(lines: Iterable[Bought]) -> dict[UUID, str]:
    """The pictures that the shop shows of what was bought, by listing.

    Of a listing that the shop no longer knows it is the drawing of its category.
    """
    wanted = {line.listing_id: line for line in lines}
    drawn = {
        listing_id: illustrations.address(line.category_slug, seed=drawing_seed(listing_id))
        for listing_id, line in wanted.items()
    }
    return drawn | pictures(wanted)


def language_of(texts: dict[str, str], language: str) -> str:
    """The language of the text shown to readers of this one."""
    for key in (language, settings.BASE_LANGUAGE, *texts):
        if texts.get(key):
            return key
    return language


def stock_note(available: int) -> str:
    """A note on low stock; empty otherwise."""
    if available <= 0:
        return _("Out of stock")
    return _("The last one") if available == LAST_ONE else ""


def mark_name(mark: str) -> str:
    """A quality mark in the reader's language."""
    name = _MARKS.get(mark)
    return _(name) if name else mark


_MARKS = {
    "igp": gettext_noop("Protected indication"),
    "aop": gettext_noop("Protected origin"),
    "organic": gettext_noop("Organic"),
    "fair-trade": gettext_noop("Fair trade"),
    "label": gettext_noop("Quality label"),
}
