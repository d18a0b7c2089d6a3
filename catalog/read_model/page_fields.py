"""The fields of a listing's page, read from the engine's product."""

import html
import json
import re
from datetime import datetime
from typing import Any

from django.conf import settings

from catalog.categories import category_slug_of
from catalog.drawing_seeds import drawing_seed
from catalog.materials import from_attribute
from catalog.models import Listing
from catalog.photos import public_address
from catalog.read_model.product_values import (
    free_stock,
    stock_on_hand,
    variants_of,
    weight_in_grams,
)
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts
from vendors.models import Cooperative, CooperativeStatus

_TAG = re.compile(r"<[^>]+>")


def page_fields(listing: Listing, product: ProductParts) -> dict[str, Any]:
    names, descriptions = _texts(product)
    attributes = _attributes(product)
    taxonomy = attributes.get("taxonomy", "")
    codes, own_materials = from_attribute(attributes.get("materials", ""))
    category = product.category.slug if product.category else category_slug_of(taxonomy)
    if listing.is_from_store:
        category = listing.category_slug
    return {
        **cooperative_fields(listing.cooperative),
        "slug": product.slug,
        "category_slug": category,
        "taxonomy_slug": taxonomy,
        "hs_code": attributes.get("hs-code", "")[:12],
        "origin_country": attributes.get("origin-country", "")[:2],
        "material_codes": codes,
        "own_materials": own_materials,
        "quality_marks": [m for m in attributes.get("quality-marks", "").split("|") if m],
        "net_quantity": attributes.get("net-quantity", "")[:40],
        "weight_grams": weight_in_grams(product.weight),
        "names": names,
        "descriptions": descriptions,
        "media": _media(listing, product),
        "illustration_seed": drawing_seed(listing.pk),
        **_visibility(listing.cooperative, product),
        "quantity_available": sum(free_stock(node) for node in variants_of(product)),
        "quantity_on_hand": sum(stock_on_hand(listing, node) for node in variants_of(product)),
        "published_at": _published_at(product),
    }


def cooperative_fields(cooperative: Cooperative) -> dict[str, Any]:
    names = {text.language: text.name for text in cooperative.texts.all()}
    place = {"fr": cooperative.place_name, "en": cooperative.place_name}
    if cooperative.place_name_ar:
        place["ar"] = cooperative.place_name_ar
    return {
        "cooperative_id": cooperative.pk,
        "cooperative_slug": cooperative.slug,
        "cooperative_names": names or {settings.BASE_LANGUAGE: cooperative.legal_name},
        "programme_id": cooperative.programme_id,
        "country_code": cooperative.country_code,
        "region_code": cooperative.region_code,
        "place_names": place,
        "sector": cooperative.sector,
        "kind": cooperative.kind,
        "is_rural": cooperative.is_rural,
    }


def _texts(product: ProductParts) -> tuple[dict[str, str], dict[str, str]]:
    """Names and descriptions by language; without plain fields that only fill a gap."""
    translated = {"ar": product.arabic, "fr": product.french, "en": product.english}
    names = {code: t.name for code, t in translated.items() if t and t.name}
    descriptions = {
        code: text for code, t in translated.items() if t and (text := plain_text(t.description))
    }
    base = settings.BASE_LANGUAGE
    if base not in names and product.name not in names.values():
        names[base] = product.name
        if text := plain_text(product.description):
            descriptions[base] = text
    return names, descriptions


def plain_text(rich: Any) -> str:
    """The engine's rich text (Editor.js blocks) as plain text, a line for each block."""
    if not rich:
        return ""
    document = json.loads(rich) if isinstance(rich, str) else rich
    blocks = [block.get("data", {}) for block in document.get("blocks", [])]
    lines: list[str] = []
    for data in blocks:
        items = data.get("items") or [data.get("text", "")]
        lines += [str(item) for item in items if isinstance(item, str)]
    return "\n".join(html.unescape(_TAG.sub("", line)) for line in lines if line)


def _attributes(product: ProductParts) -> dict[str, str]:
    return {
        row.attribute.slug: text
        for row in product.assigned_attributes
        if (text := getattr(row, "plain_text", None))
    }


def _media(listing: Listing, product: ProductParts) -> list[str]:
    """Addresses of our copies of the engine's photographs, in its order."""
    shown = sorted(product.media or [], key=lambda m: m.sort_order or 0)
    ours = ids.our_ids(ids.MEDIA, [m.id for m in shown]) if shown else {}
    kept = {photo.pk for photo in listing.media.all()} if ours else set()
    return [public_address(ours[m.id]) for m in shown if ours.get(m.id) in kept]


def _visibility(cooperative: Cooperative, product: ProductParts) -> dict[str, bool]:
    is_listed = any(row.is_published for row in product.channel_listings or [])
    is_active = cooperative.status == CooperativeStatus.ACTIVE
    return {"is_listed": is_listed, "is_published": is_listed and is_active}


def _published_at(product: ProductParts) -> datetime | None:
    dates = [parse_moment(r.published_at) for r in product.channel_listings or [] if r.published_at]
    return min(dates, default=None)


def parse_moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
