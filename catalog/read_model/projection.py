"""The read model of listings, projected from the engine's products."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.events import ListingPagesChanged
from catalog.locks import listing_lock
from catalog.models import Listing, ListingOffer, ListingPage
from catalog.read_model.offers import offers_of
from catalog.read_model.page_fields import cooperative_fields, page_fields, parse_moment
from catalog.read_model.product_values import parse_uuid, variants_of
from marketplace.core.events import publish
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts, SaleorClient
from vendors.models import Cooperative, CooperativeStatus
from vendors.scoping import Crossing

_NOBODY = UUID(int=0)
_OFFER_KEY = {"variant_id", "channel_slug"}
_OFFERED = _OFFER_KEY | {
    "variant_name", "weight_grams", "amount_minor", "currency", "available", "on_hand",
    "most_per_order", "position",
}  # fmt: skip


def project_by_id(client: SaleorClient, product_id: str) -> bool:
    """Fetch a product and update the read model; whether anything changed."""
    listing_id = ids.our_id(ids.PRODUCT, product_id)
    if listing_id is None:
        return project_unknown(client, product_id)
    with listing_lock(listing_id):
        product = client.product_by_id(product_id).product
        return project(product) if product else forget(listing_id)


def project_unknown(client: SaleorClient, product_id: str) -> bool:
    """Project a product whose id we do not know; its own reference may name the listing."""
    product = client.product_by_id(product_id).product
    listing_id = parse_uuid(product.external_reference) if product else None
    if product is None or listing_id is None or _listing(listing_id) is None:
        return False
    ids.link(ids.PRODUCT, listing_id, product_id)
    return project_by_id(client, product_id)


def project(product: ProductParts) -> bool:
    """Write the read model of a fetched product; whether anything changed.

    The caller holds the listing's lock. A response older than the known state is ignored.
    """
    listing_id = ids.our_id(ids.PRODUCT, product.id) or parse_uuid(product.external_reference)
    listing = _listing(listing_id) if listing_id else None
    if listing is None:
        return False
    if _is_released(listing):
        return forget(listing.pk)
    fields, offers = page_fields(listing, product), offers_of(listing, product)
    digest = _digest(fields, offers)
    engine_updated_at = parse_moment(product.updated_at)
    known = ListingPage.objects.filter(listing_id=listing.pk).first()
    if known and known.engine_updated_at > engine_updated_at:
        return False
    stamps = {
        "content_hash": digest,
        "engine_updated_at": engine_updated_at,
        "seen_at": timezone.now(),
    }
    if known and (known.content_hash == digest or _shows(known, fields, offers)):
        ListingPage.objects.filter(pk=known.pk).update(**stamps)
        return False
    _write(listing, {**fields, **stamps}, offers)
    return True


def _our_variants(products: Sequence[ProductParts]) -> tuple[dict[str, UUID], set[str]]:
    """Our ids of the products' variants by the engine's, and the products that have only such."""
    nodes = {product.id: [node.id for node in variants_of(product)] for product in products}
    ours = ids.our_ids(ids.VARIANT, [each for of_one in nodes.values() for each in of_one])
    return ours, {product for product, of_one in nodes.items() if ours.keys() >= set(of_one)}


def _shows(page: ListingPage, fields: dict[str, Any], offers: list[dict[str, Any]]) -> bool:
    """Whether a page shows just this, as one that followed a change of its cooperative."""
    rows = [{k: v for k, v in row.items() if k in _OFFERED} for row in page.offers.values()]
    is_alike = all(getattr(page, name) == its for name, its in fields.items())
    return is_alike and _by_price(rows) == _by_price(offers)


def _by_price(offers: list[dict[str, Any]]) -> dict[tuple[UUID, str], dict[str, Any]]:
    return {(offer["variant_id"], offer["channel_slug"]): offer for offer in offers}


def project_new(found: list[tuple[Listing, ProductParts]]) -> None:
    """Project newly created products together; known ones are left out.

    (A webhook was faster then, and has read the same.) Listings come with cooperatives and texts.
    """
    pages: list[ListingPage] = []
    offers: list[ListingOffer] = []
    variants, _ = _our_variants([product for _listing, product in found])
    for listing, product in found:
        fields, prices = page_fields(listing, product), offers_of(listing, product, variants)
        stamps = {
            "content_hash": _digest(fields, prices),
            "engine_updated_at": parse_moment(product.updated_at),
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

    They are fetched together; only those that differ are fetched again, under their lock, and
    written.
    """
    found = client.products_by_ids(list(dict.fromkeys(product_ids))).products
    shown = shown_among([edge.node for edge in found.edges] if found else [])
    return sum(project_by_id(client, gid) for gid in dict.fromkeys(product_ids) if gid not in shown)


def shown_among(products: Sequence[ProductParts]) -> set[str]:
    """The products whose read model matches the engine; records that they were seen."""
    known_as = _known_as(products)
    listings = _listings(list(known_as.values()))
    variants, whole = _our_variants(products)
    digests: dict[UUID, str] = {}
    for product in products:
        listing = listings.get(known_as.get(product.id, _NOBODY))
        if listing is None or _is_released(listing):
            continue
        if product.id in whole:
            fields, offers = page_fields(listing, product), offers_of(listing, product, variants)
            digests[listing.pk] = _digest(fields, offers)
    pages = ListingPage.objects.filter(listing_id__in=digests)
    known = dict(pages.values_list("listing_id", "content_hash"))
    same = [key for key, digest in digests.items() if known.get(key) == digest]
    ListingPage.objects.filter(listing_id__in=same).update(seen_at=timezone.now())
    return {p.id for p in products if known_as.get(p.id) in same}


def _known_as(products: Sequence[ProductParts]) -> dict[str, UUID]:
    """Our ids of products: from the id map, else from the products' own references.

    (A product that the store already had keeps a reference of its own.)
    """
    learned = ids.our_ids(ids.PRODUCT, [product.id for product in products])
    said = {p.id: key for p in products if (key := parse_uuid(p.external_reference))}
    return {**said, **learned}


def _is_released(listing: Listing) -> bool:
    """Whether the product was returned to the store."""
    return listing.is_from_store and listing.adoption.released_at is not None


def forget(listing_id: UUID) -> bool:
    """Remove a product that the engine no longer has from the shop."""
    with transaction.atomic():
        deleted, _rows = ListingPage.objects.filter(listing_id=listing_id).delete()
        if deleted:
            _tell([listing_id])
    return bool(deleted)


@transaction.atomic
def refresh_cooperative(cooperative_id: UUID) -> int:
    """Update a cooperative's name, place and status where its listings show others: how many."""
    rows = Cooperative.objects.crossing(Crossing.ENGINE_PROJECTION)
    cooperative = rows.filter(pk=cooperative_id).first()
    if cooperative is None:
        return 0
    wanted = cooperative_fields(cooperative)
    is_active = cooperative.status == CooperativeStatus.ACTIVE
    pages = ListingPage.objects.select_for_update().filter(cooperative_id=cooperative_id)
    differing = [
        page.pk
        for page in pages.order_by("pk")
        if page.is_published != (page.is_listed and is_active)
        or any(getattr(page, name) != its for name, its in wanted.items())
    ]
    if differing:
        shown = {"is_published": F("is_listed") if is_active else False, **wanted}
        ListingPage.objects.filter(pk__in=differing).update(
            **shown, content_hash="", updated_at=timezone.now()
        )
        _tell(differing)
    return len(differing)


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
            unique_fields=sorted(_OFFER_KEY),
            update_fields=["page", *sorted(_OFFERED - _OFFER_KEY)],
        )
        _tell([listing.pk])


def _tell(listing_ids: list[UUID]) -> None:
    publish(
        ListingPagesChanged(
            aggregate_id=listing_ids[0], occurred_at=timezone.now(), listing_ids=listing_ids
        )
    )


def _digest(fields: dict[str, Any], offers: list[dict[str, Any]]) -> str:
    text = json.dumps([fields, offers], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
