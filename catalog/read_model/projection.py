"""From the engine's product to what the shop shows: the only writer of the read model."""

import hashlib
import html
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.categories import category_slug_of
from catalog.events import ListingPagesChanged
from catalog.locks import listing_lock
from catalog.models import Listing, ListingOffer, ListingPage
from catalog.photos import public_address
from marketplace.core.events import publish
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts, SaleorClient
from vendors.models import Cooperative, CooperativeStatus
from vendors.scoping import Crossing

_GRAMS = {"G": 1, "KG": 1000, "OZ": 28.349523, "LB": 453.59237, "TONNE": 1_000_000}
_NOBODY = UUID(int=0)
_TAG = re.compile(r"<[^>]+>")


def project_by_id(client: SaleorClient, product_id: str) -> bool:
    """Fetch a product and bring the read model into step with it; whether anything changed."""
    listing_id = ids.our_id(ids.PRODUCT, product_id)
    if listing_id is None:
        return project_unknown(client, product_id)
    with listing_lock(listing_id):
        product = client.product_by_id(product_id).product
        return project(product) if product else forget(listing_id)


def project_unknown(client: SaleorClient, product_id: str) -> bool:
    """A product whose id we have not learned yet: it may say itself which listing it is."""
    product = client.product_by_id(product_id).product
    listing_id = _uuid(product.external_reference) if product else None
    if product is None or listing_id is None or _listing(listing_id) is None:
        return False
    ids.link(ids.PRODUCT, listing_id, product_id)
    return project_by_id(client, product_id)


def project(product: ProductParts) -> bool:
    """Write the read model of a fetched product; whether anything changed.

    The caller holds the listing's lock. An answer older than what is known is left out.
    """
    listing_id = ids.our_id(ids.PRODUCT, product.id) or _uuid(product.external_reference)
    listing = _listing(listing_id) if listing_id else None
    if listing is None:
        return False
    if _is_released(listing):
        return forget(listing.pk)
    fields, offers = _page_fields(listing, product), _offers(listing, product)
    digest = _digest(fields, offers)
    engine_updated_at = _moment(product.updated_at)
    known = ListingPage.objects.filter(listing_id=listing.pk).first()
    if known and known.engine_updated_at > engine_updated_at:
        return False
    if known and known.content_hash == digest:
        ListingPage.objects.filter(pk=known.pk).update(
            seen_at=timezone.now(), engine_updated_at=engine_updated_at
        )
        return False
    stamps = {"content_hash": digest, "engine_updated_at": engine_updated_at}
    _write(listing, {**fields, **stamps, "seen_at": timezone.now()}, offers)
    return True


def project_new(found: list[tuple[Listing, ProductParts]]) -> None:
    """Show products that were just made, all at once; one that is known already is left out.

    (Then a webhook was faster, and has read the same.) Listings come with cooperatives and texts.
    """
    pages: list[ListingPage] = []
    offers: list[ListingOffer] = []
    variants = ids.our_ids(ids.VARIANT, [n.id for _, p in found for n in _variants(p)])
    for listing, product in found:
        fields, prices = _page_fields(listing, product), _offers(listing, product, variants)
        stamps = {
            "content_hash": _digest(fields, prices),
            "engine_updated_at": _moment(product.updated_at),
            "seen_at": timezone.now(),
        }
        pages.append(ListingPage(listing_id=listing.pk, **fields, **stamps))
        offers += [ListingOffer(page_id=listing.pk, **price) for price in prices]
    if not pages:
        return
    with transaction.atomic():
        ListingPage.objects.bulk_create(pages, ignore_conflicts=True)
        ListingOffer.objects.bulk_create(offers, ignore_conflicts=True)
        _tell([page.listing_id for page in pages])


def project_by_ids(client: SaleorClient, product_ids: Sequence[str]) -> int:
    """As ``project_by_id`` for at most 50 products; returns how many changed.

    They are fetched together; only what differs is fetched again, under its lock, and written.
    """
    found = client.products_by_ids(list(dict.fromkeys(product_ids))).products
    shown = shown_among([edge.node for edge in found.edges] if found else [])
    return sum(project_by_id(client, gid) for gid in dict.fromkeys(product_ids) if gid not in shown)


def shown_among(products: Sequence[ProductParts]) -> set[str]:
    """Of which products the read model says what the engine does; notes that they were seen."""
    known_as = _known_as(products)
    listings = _listings(list(known_as.values()))
    variants = ids.our_ids(ids.VARIANT, [n.id for p in products for n in _variants(p)])
    digests: dict[UUID, str] = {}
    for product in products:
        listing = listings.get(known_as.get(product.id, _NOBODY))
        if listing is None or _is_released(listing):
            continue
        if all(node.id in variants for node in _variants(product)):
            fields, offers = _page_fields(listing, product), _offers(listing, product, variants)
            digests[listing.pk] = _digest(fields, offers)
    pages = ListingPage.objects.filter(listing_id__in=digests)
    known = dict(pages.values_list("listing_id", "content_hash"))
    same = [key for key, digest in digests.items() if known.get(key) == digest]
    ListingPage.objects.filter(listing_id__in=same).update(seen_at=timezone.now())
    return {p.id for p in products if known_as.get(p.id) in same}


def _known_as(products: Sequence[ProductParts]) -> dict[str, UUID]:
    """Our ids of products: as we learned them, else as they say themselves.

    (A product that the store had before us keeps a reference of its own.)
    """
    learned = ids.our_ids(ids.PRODUCT, [product.id for product in products])
    said = {p.id: key for p in products if (key := _uuid(p.external_reference))}
    return {**said, **learned}


def _is_released(listing: Listing) -> bool:
    """Whether the store took the product back."""
    return listing.is_from_store and listing.adoption.released_at is not None


def forget(listing_id: UUID) -> bool:
    """The engine no longer has the product: nor has the shop."""
    with transaction.atomic():
        deleted, _rows = ListingPage.objects.filter(listing_id=listing_id).delete()
        if deleted:
            _tell([listing_id])
    return bool(deleted)


@transaction.atomic
def refresh_cooperative(cooperative_id: UUID) -> int:
    """Show a cooperative's changed name, place or standing on its listings; returns how many."""
    rows = Cooperative.objects.crossing(Crossing.ENGINE_PROJECTION)
    cooperative = rows.filter(pk=cooperative_id).first()
    pages = ListingPage.objects.filter(cooperative_id=cooperative_id)
    listing_ids = list(pages.values_list("listing_id", flat=True))
    if cooperative is None or not listing_ids:
        return 0
    is_active = cooperative.status == CooperativeStatus.ACTIVE
    pages.update(
        **_maker(cooperative),
        is_published=F("is_listed") if is_active else False,
        content_hash="",
    )
    _tell(listing_ids)
    return len(listing_ids)


def _listing(listing_id: UUID) -> Listing | None:
    rows = Listing.objects.crossing(Crossing.ENGINE_PROJECTION).select_related(
        "cooperative", "adoption"
    )
    found: Listing | None = rows.filter(pk=listing_id).first()
    return found


def _listings(listing_ids: Sequence[UUID]) -> dict[UUID, Listing]:
    rows = Listing.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk__in=listing_ids)
    wanted = rows.select_related("cooperative", "adoption").prefetch_related(
        "cooperative__texts", "media"
    )
    return {row.pk: row for row in wanted}


def _write(listing: Listing, fields: dict[str, Any], offers: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        page, _created = ListingPage.objects.update_or_create(
            listing_id=listing.pk, defaults=fields
        )
        kept = {(offer["variant_id"], offer["channel_slug"]) for offer in offers}
        for row in page.offers.all():
            if (row.variant_id, row.channel_slug) not in kept:
                row.delete()
        ListingOffer.objects.bulk_create(
            [ListingOffer(page=page, **offer) for offer in offers],
            update_conflicts=True,
            unique_fields=["variant_id", "channel_slug"],
            update_fields=[
                *("page", "variant_name", "weight_grams", "amount_minor"),
                *("currency", "available", "on_hand", "position"),
            ],
        )
        _tell([listing.pk])


def _tell(listing_ids: list[UUID]) -> None:
    publish(
        ListingPagesChanged(
            aggregate_id=listing_ids[0], occurred_at=timezone.now(), listing_ids=listing_ids
        )
    )


def _page_fields(listing: Listing, product: ProductParts) -> dict[str, Any]:
    names, descriptions = _texts(product)
    attributes = _attributes(product)
    taxonomy = attributes.get("taxonomy", "")
    category = product.category.slug if product.category else category_slug_of(taxonomy)
    if listing.is_from_store:
        category = listing.category_slug
    return {
        **_maker(listing.cooperative),
        "slug": product.slug,
        "category_slug": category,
        "taxonomy_slug": taxonomy,
        "hs_code": attributes.get("hs-code", "")[:12],
        "origin_country": attributes.get("origin-country", "")[:2],
        "materials": attributes.get("materials", ""),
        "quality_marks": [m for m in attributes.get("quality-marks", "").split("|") if m],
        "net_quantity": attributes.get("net-quantity", "")[:40],
        "weight_grams": weight_in_grams(product.weight),
        "names": names,
        "descriptions": descriptions,
        "media": _media(listing, product),
        "illustration_seed": listing.pk.hex[:8],
        **_standing(listing.cooperative, product),
        "quantity_available": sum(_free(node) for node in _variants(product)),
        "quantity_on_hand": sum(_on_hand(listing, node) for node in _variants(product)),
        "published_at": _published_at(product),
    }


def _maker(cooperative: Cooperative) -> dict[str, Any]:
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
    """Names and descriptions by language; a plain field that only fills a gap is left out."""
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
    """Addresses of our own copies of the photographs that the engine shows, in its order."""
    shown = sorted(product.media or [], key=lambda m: m.sort_order or 0)
    ours = ids.our_ids(ids.MEDIA, [m.id for m in shown]) if shown else {}
    kept = {photo.pk for photo in listing.media.all()} if ours else set()
    return [public_address(ours[m.id]) for m in shown if ours.get(m.id) in kept]


def _standing(cooperative: Cooperative, product: ProductParts) -> dict[str, bool]:
    is_listed = any(row.is_published for row in product.channel_listings or [])
    is_active = cooperative.status == CooperativeStatus.ACTIVE
    return {"is_listed": is_listed, "is_published": is_listed and is_active}


def _published_at(product: ProductParts) -> datetime | None:
    dates = [_moment(r.published_at) for r in product.channel_listings or [] if r.published_at]
    return min(dates, default=None)


def _variants(product: ProductParts) -> list[Any]:
    return (
        [edge.node for edge in product.product_variants.edges] if product.product_variants else []
    )


def _offers(
    listing: Listing, product: ProductParts, variants: dict[str, UUID] | None = None
) -> list[dict[str, Any]]:
    """The prices of a product; ``variants`` are our ids of its variants, where looked up."""
    sold_in = {
        row.channel.slug
        for row in product.channel_listings or []
        if row.is_published and row.is_available_for_purchase is not False
    }
    offers = []
    nodes = _variants(product)
    known = variants or ids.our_ids(ids.VARIANT, [node.id for node in nodes])
    for position, node in enumerate(nodes):
        variant_id = known.get(node.id) or _variant_id(node)
        for row in node.channel_listings or []:
            if row.price is None or row.channel.slug not in sold_in:
                continue
            offers.append(
                {
                    "variant_id": variant_id,
                    "variant_name": "" if node.name == node.sku else node.name,
                    "weight_grams": weight_in_grams(node.weight),
                    "channel_slug": row.channel.slug,
                    "amount_minor": row.price.fractional_amount,
                    "currency": row.price.currency,
                    "available": _free(node),
                    "on_hand": _on_hand(listing, node),
                    "position": position,
                }
            )
    return offers


def _variant_id(node: Any) -> UUID:
    ours = _uuid(node.external_reference)
    if ours is None:
        return ids.our_id_or_new(ids.VARIANT, node.id)
    ids.link(ids.VARIANT, ours, node.id)
    return ours


def _free(node: Any) -> int:
    """Pieces that nobody has bought yet; a basket being paid still counts as free here."""
    free: int = sum(s.quantity - s.quantity_allocated for s in node.stocks or [])
    return max(free, 0)


def _on_hand(listing: Listing, node: Any) -> int:
    """What the cooperative can count; sold pieces may wait in the store that it came from."""
    own = listing.cooperative.slug if listing.is_from_store else ""
    rows = [row for row in node.stocks or [] if not own or row.warehouse.slug == own]
    pieces: int = sum(row.quantity for row in rows)
    return pieces


def weight_in_grams(weight: Any) -> int:
    """The engine's weight, in whatever unit it tells it, in grams."""
    return round(weight.value * _GRAMS[weight.unit.value]) if weight else 0


def _digest(fields: dict[str, Any], offers: list[dict[str, Any]]) -> str:
    text = json.dumps([fields, offers], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
