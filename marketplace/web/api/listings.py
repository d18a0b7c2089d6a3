"""Listings as the shop shows them."""

from typing import Any

import graphene
from django.conf import settings
from django.utils.translation import override

from catalog.models import ListingOffer, ListingPage
from catalog.quality import mark_name
from marketplace.core import money
from marketplace.core.word_lists import listed
from marketplace.web.api.fields import Money, field, several

# The largest quantity of a basket line.
MOST_AT_ONCE = 20


class QualityMark(graphene.ObjectType):
    """A quality mark on a listing."""

    code = field(graphene.String, "Our code: igp, aop, organic, fair-trade, label.")
    name = field(graphene.String, "What it is called.")


class Offer(graphene.ObjectType):
    """One size or form of a listing, as a market sells it."""

    variant_id = field(graphene.ID, "The size's id: what a basket holds.")
    name = field(graphene.String, "The size's name; empty when there is only one.")
    price = field(Money, "What one piece costs, taxes included.")
    weight_grams = field(graphene.Int, "What one piece weighs when sent.")
    most_at_once = field(
        graphene.Int, f"How many one may buy now, at most {MOST_AT_ONCE}; 0 when sold out."
    )


class ListingCooperative(graphene.ObjectType):
    """The cooperative that sells a listing, in short."""

    id = field(graphene.ID, "The cooperative's id.")
    slug = field(graphene.String, "Its name in addresses; ask “cooperative” for the rest.")
    name = field(graphene.String, "Its name.")
    place = field(graphene.String, "Its village or town.")


class Listing(graphene.ObjectType):
    """A product in the shop."""

    id = field(graphene.ID, "The listing's id.")
    slug = field(graphene.String, "Its name in addresses.")
    name = field(graphene.String, "Its name.")
    description = field(graphene.String, "What it is, in plain text.")
    language = field(graphene.String, "The language in which the name is written.")
    category = field(graphene.String, "The category's slug.")
    region_code = field(graphene.String, "Where it comes from: the region's ISO 3166-2 code.")
    country_code = field(graphene.String, "The cooperative's country.")
    net_quantity = field(graphene.String, "What is in it: “500 g”; may be empty.")
    materials = field(
        graphene.String, "What it is made of, known materials in the language; may be empty."
    )
    material_codes = several(graphene.String, "Our codes of the known materials: wool, olive-oil…")
    hs_code = field(graphene.String, "The customs code; may be empty.")
    quality_marks = several(QualityMark, "Its quality marks.")
    photos = several(graphene.String, "Addresses of its photographs; none when it has none yet.")
    cooperative = field(ListingCooperative, "The cooperative that sells it.")
    offers = several(Offer, "Its sizes in the market asked for, at least one.")


def shown_listings(pages: list[ListingPage], language: str) -> list[dict[str, Any]]:
    """Rows of the read model, with ``market_offers``, as the schema's listings."""
    return [shown_listing(page, language) for page in pages]


def shown_listing(page: ListingPage, language: str) -> dict[str, Any]:
    """One of them."""
    with override(language):
        marks = [{"code": mark, "name": mark_name(mark)} for mark in page.quality_marks]
    return {
        "id": page.listing_id,
        "slug": page.slug,
        "name": page.name(language),
        "description": page.description(language),
        "language": _written_in(page, language),
        "category": page.category_slug,
        "region_code": page.region_code,
        "country_code": page.country_code,
        "net_quantity": page.net_quantity,
        "materials": listed((line.text for line in page.materials_in(language)), language=language),
        "material_codes": page.material_codes,
        "hs_code": page.hs_code,
        "quality_marks": marks,
        "photos": [settings.PUBLIC_URL + photo for photo in page.media],
        "cooperative": {
            "id": page.cooperative_id,
            "slug": page.cooperative_slug,
            "name": page.cooperative_name(language),
            "place": page.place_name(language),
        },
        "offers": [shown_offer(offer) for offer in page.market_offers],  # type: ignore[attr-defined]
    }


def shown_offer(offer: ListingOffer) -> dict[str, Any]:
    """A size and its price."""
    return {
        "variant_id": offer.variant_id,
        "name": offer.variant_name,
        "price": money.Money(offer.amount_minor, offer.currency),
        "weight_grams": offer.weight_grams or offer.page.weight_grams,
        "most_at_once": max(
            min(offer.available, offer.most_per_order or MOST_AT_ONCE, MOST_AT_ONCE), 0
        ),
    }


def _written_in(page: ListingPage, language: str) -> str:
    for known in (language, settings.BASE_LANGUAGE, *page.names):
        if page.names.get(known):
            return str(known)
    return language
