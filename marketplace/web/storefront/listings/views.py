"""The page of a listing: description, cooperative, price and delivery."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import queries as catalog
from catalog.categories import find_category
from catalog.models import ListingOffer, ListingPage
from catalog.taxonomy import find_listing_type
from marketplace.conversations.answer_times import usual_answer_hours
from marketplace.favourites.queries import KeptState, state_of
from marketplace.orders.models import PickupOffer
from marketplace.orders.pickup import offers_in
from marketplace.web.storefront.cards import (
    language_of,
    mark_name,
    picture_of,
    product_card,
    stock_note,
)
from marketplace.web.storefront.listings.offers import offer_to_show
from marketplace.web.storefront.listings.share import cooperative_share
from marketplace.web.storefront.page_heads import catalogue_heads
from marketplace.web.storefront.paying import how_to_pay
from marketplace.web.storefront.reviews.latest import latest_of_listing
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.to_the_door import delivery_of_one, is_from_abroad
from marketplace.web.storefront.units import NAMES, quantity_text, unit_price
from marketplace.web.ui.components import Crumb, ProductCard
from vendors import queries as vendors
from vendors.accounts import User

MOST_AT_ONCE = 20
ALSO_SHOWN = 4


@dataclass(frozen=True)
class Delivery:
    """Delivery of one item to the market's country: price in minor units, range of days.

    ``free_from_minor`` is the sum from which it is free; none where it never is. ``pickup``: where
    it can be collected instead.
    """

    amount_minor: int
    currency: str
    from_on: date
    to_on: date
    free_from_minor: int | None = None
    is_free: bool = False
    pickup: PickupOffer | None = None


@require_safe
@shop_view
def show_listing(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """A listing's page, with the variant that ``?size=`` names."""
    page = catalog.listing_page(slug, shop.market)
    if page is None:
        raise Http404
    offers: list[ListingOffer] = page.market_offers  # type: ignore[attr-defined]
    offer = offer_to_show(offers, request.GET.get("size", ""))
    profile = vendors.public_profile(page.cooperative_slug, shop.language)
    trail, today = _trail(shop, page), timezone.localdate()
    latest = latest_of_listing(shop, page)
    context = {
        "head": catalogue_heads.listing(
            shop, page, profile=profile, trail=trail, on=today, reviews=latest
        ),
        "reviews": latest,
        "page": page,
        **_texts(page, shop.language),
        "pictures": page.media or [picture_of(page)],
        "is_drawn": not page.media,
        "offers": offers,
        **_offer(page, offer),
        **_who_sells(shop, profile),
        **_details(shop, page, offer, profile),
        "trail": trail,
        "also": _others(shop, page),
        "reply_hours": usual_answer_hours(page.cooperative_id),
        "kept": _kept(request, shop, page),
    }
    return render(request, "storefront/listings/listing.html", context)


def _details(
    shop: Shop, page: ListingPage, offer: ListingOffer, profile: vendors.PublicProfile | None
) -> dict[str, Any]:
    """What it is, and how it is paid and sent."""
    crosses_border = is_from_abroad(shop, page)
    return {
        "marks": [mark_name(mark) for mark in page.quality_marks],
        "facts": _facts(shop, page),
        "materials": page.materials_in(shop.language),
        "share": cooperative_share(shop, page, offer),
        "delivery": _delivery(shop, page, offer, profile),
        "how_to_pay": how_to_pay(shop, abroad=crosses_border),
        "crosses_border": crosses_border,
    }


def _kept(request: HttpRequest, shop: Shop, page: ListingPage) -> KeptState:
    """What who is signed in has to do with the product."""
    user = request.user
    if not isinstance(user, User):
        return KeptState()
    return state_of(user, page.listing_id, shop.market.code)


def _who_sells(shop: Shop, profile: vendors.PublicProfile | None) -> dict[str, Any]:
    """The cooperative as it presents itself, and as the law names it."""
    sold_by = None
    if profile is not None:
        today = timezone.localdate()
        sold_by = vendors.legal_identity(profile.cooperative, shop.language, today)
    return {"profile": profile, "sold_by": sold_by}


def _texts(page: ListingPage, language: str) -> dict[str, str]:
    return {
        "name": page.name(language),
        "name_lang": language_of(page.names, language),
        "description": page.description(language),
        "description_lang": language_of(page.descriptions, language),
    }


def _offer(page: ListingPage, offer: ListingOffer) -> dict[str, Any]:
    unit = unit_price(offer.amount_minor, page.net_quantity)
    most = offer.most_per_order
    limit = most if most is not None and most < MOST_AT_ONCE else None
    return {
        "offer": offer,
        "most": min(offer.available, limit or MOST_AT_ONCE),
        "limit": limit,
        "unit": unit,
        "unit_name": NAMES[unit.unit] if unit else "",
        "quantity_text": quantity_text(page.net_quantity),
        "stock_note": stock_note(offer.available),
    }


def _others(shop: Shop, page: ListingPage) -> list[ProductCard]:
    """Other listings of the same cooperative."""
    others = catalog.newest_of_cooperative(
        page.cooperative_slug, shop.market, ALSO_SHOWN, without=page.listing_id
    )
    return [product_card(shop, other) for other in others]


def _delivery(
    shop: Shop, page: ListingPage, offer: ListingOffer, profile: vendors.PublicProfile | None
) -> Delivery | None:
    today = timezone.localdate()
    price = delivery_of_one(shop, page, offer, today)
    if price is None:
        return None
    handling = profile.cooperative.handling_days if profile else 0
    from_minor = shop.free_from.get(page.cooperative_id)
    return Delivery(
        price.amount_minor,
        price.currency,
        today + timedelta(days=handling + price.days_min),
        today + timedelta(days=handling + price.days_max),
        from_minor,
        is_free=from_minor is not None and offer.amount_minor >= from_minor,
        pickup=offers_in([page.cooperative_id], shop.market.code).get(page.cooperative_id),
    )


def _facts(shop: Shop, page: ListingPage) -> list[tuple[str, str]]:
    """Facts of a label: product type, net quantity, origin, customs code."""
    kind = find_listing_type(page.taxonomy_slug)
    facts = [
        (_("Product type"), kind.name(shop.language) if kind else ""),
        (_("Net quantity"), quantity_text(page.net_quantity)),
        (_("Origin"), page.place_name(shop.language)),
        (_("Customs code (HS)"), page.hs_code),
    ]
    return [(name, value) for name, value in facts if value]


def _trail(shop: Shop, page: ListingPage) -> list[Crumb]:
    category = find_category(page.category_slug)
    trail = [Crumb(_("Home"), shop.url("home"))]
    if category:
        trail.append(Crumb(category.name(shop.language), shop.url("category", slug=category.slug)))
    return [*trail, Crumb(page.name(shop.language))]
