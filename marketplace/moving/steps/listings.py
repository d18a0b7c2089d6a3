"""Listings: variants, prices in every channel, texts, and publication.

The content is that of the applied revision (what buyers see); prices, publication and stock are
read from the old engine, which owns them.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from catalog.content import RevisionContent
from catalog.models import Listing, ListingRevision, ListingVariant, RevisionState
from catalog.publishing.bulk import product_input, translate_products, variant_links
from catalog.publishing.engine_names import Names, names_for
from catalog.publishing.push import find_product
from marketplace.core.errors import TwizaError
from marketplace.moving.progress import Course
from marketplace.moving.sides import product_pages
from marketplace.moving.stocks import stocks_of, uuid_of
from marketplace.saleor import ids
from marketplace.saleor.client import (
    ProductBulkCreateInput,
    ProductChannelListingCreateInput,
    ProductParts,
)
from vendors.scoping import Crossing

STEP = "listings"
BATCH = 50
NO_LISTING = "The old engine's product belongs to no listing of ours."
NO_CONTENT = "The listing has no content that was ever applied, or no variant."
# A Saleor needs a while for fifty products.
SECONDS = 180.0


class _Wanted(NamedTuple):
    listing: Listing
    revision: ListingRevision
    variant: ListingVariant
    product: ProductParts


def move(course: Course) -> None:
    """Create missing products, 50 a call; one that is refused does not stop the others."""
    done, seen = course.moved(STEP), 0
    for page in product_pages(course.source.client):
        seen += len(page)
        wanted = _wanted(course, page, done)
        rows = iter(wanted)
        while batch := list(islice(rows, BATCH)):
            _bring(course, batch)
        course.tell(f"listings: {seen}")


def _wanted(course: Course, page: Sequence[ProductParts], done: set[UUID]) -> list[_Wanted]:
    keys = {p.id: uuid_of(p.external_reference) for p in page}
    rows = Listing.objects.crossing(Crossing.OPERATOR_COMMAND).filter(pk__in=set(keys.values()))
    listings = {row.pk: row for row in rows.prefetch_related("variants")}
    applied = ListingRevision.objects.crossing(Crossing.OPERATOR_COMMAND).filter(
        listing__in=listings, state=RevisionState.APPLIED
    )
    revisions = {row.listing_id: row for row in applied}
    found = []
    for product in page:
        key = keys[product.id]
        listing = listings.get(key) if key else None
        if key in done:
            continue
        if key is None or listing is None:
            course.refuse(STEP, key or ids.of_slug("foreign", product.id), product.slug, NO_LISTING)
            continue
        revision, variants = revisions.get(listing.pk), list(listing.variants.all())
        if revision is None or not variants:
            course.refuse(STEP, listing.pk, listing.slug, NO_CONTENT)
            continue
        revision.listing = listing
        found.append(_Wanted(listing, revision, variants[0], product))
    return found


def _bring(course: Course, batch: Sequence[_Wanted]) -> None:
    names: dict[tuple[UUID, str], Names] = {}
    stocks = stocks_of(course.source, [row.product for row in batch])
    inputs, ready = [], []
    for row in batch:
        key = (row.listing.cooperative_id, row.revision.proposed.category_slug)
        try:
            if key not in names:
                names[key] = names_for(*key)
        except TwizaError as error:
            course.refuse(STEP, row.listing.pk, row.listing.slug, str(error))
            continue
        inputs.append(_input(row, names[key], _held(stocks, row)))
        ready.append(row)
    if inputs:
        _make(course, ready, inputs)


def _make(course: Course, ready: Sequence[_Wanted], inputs: list[ProductBulkCreateInput]) -> None:
    answer = course.client.bulk_create_products(inputs, timeout=SECONDS).product_bulk_create
    made: dict[UUID, str] = {}
    for row, result in zip(ready, answer.results if answer else [], strict=True):
        if result.product is not None:
            made[row.listing.pk] = result.product.id
            theirs = result.product.variants or []
            ids.relink_many(ids.VARIANT, variant_links(row.listing.variants.all(), theirs))
        elif found := _made_before(course, row):
            made[row.listing.pk] = found
        else:
            why = "; ".join(f"{e.path}: {e.message}" for e in result.errors or [])
            course.refuse(STEP, row.listing.pk, row.listing.slug, why)
    ids.relink_many(ids.PRODUCT, list(made.items()))
    moved = [row for row in ready if row.listing.pk in made]
    translate_products(course.client, [(r.revision, r.variant) for r in moved], made)
    course.note(STEP, [(row.listing.pk, row.listing.slug) for row in moved])


def _made_before(course: Course, row: _Wanted) -> str | None:
    """The product that an interrupted run created before recording the response."""
    gid = find_product(course.client, row.listing.pk)
    product = course.client.product_by_id(gid).product if gid else None
    if product is None or product.product_variants is None:
        return None
    theirs = [edge.node for edge in product.product_variants.edges]
    links = variant_links(row.listing.variants.all(), theirs)
    for our_id, their_id in links:
        ids.link(ids.VARIANT, our_id, their_id)
    return gid if row.variant.pk in dict(links) else None


def _held(stocks: Mapping[UUID, Mapping[UUID, tuple[int, int]]], row: _Wanted) -> dict[UUID, int]:
    """What is in stock of each variant."""
    mine = row.listing.cooperative_id
    return {
        variant.pk: stocks.get(variant.pk, {}).get(mine, (0, 0))[0]
        for variant in row.listing.variants.all()
    }


def _input(row: _Wanted, names: Names, held: Mapping[UUID, int]) -> ProductBulkCreateInput:
    """As for a new product, but with prices, publication and stock from the old engine."""
    row.revision.content = _content(row, held).model_dump(mode="json")
    found = product_input(row.revision, row.variant, names)
    found.slug = row.product.slug
    shown = {r.channel.slug: r for r in row.product.channel_listings or []}
    found.channel_listings = [
        ProductChannelListingCreateInput(
            channel_id=names.channels[slug],
            is_published=r.is_published,
            published_at=r.published_at,
            visible_in_listings=r.visible_in_listings,
            is_available_for_purchase=bool(r.is_available_for_purchase),
        )
        for slug, r in sorted(shown.items())
        if slug in names.channels
    ]
    return found


def _content(row: _Wanted, held: Mapping[UUID, int]) -> RevisionContent:
    """The content with the old engine's prices and stock, of each variant."""
    proposed, prices = row.revision.proposed, _prices(row.product)
    further = [
        each.model_copy(
            update={"quantity": held.get(each.id, 0), "prices": prices.get(each.id) or each.prices}
        )
        for each in proposed.further_variants
    ]
    first = prices.get(row.variant.pk) or _first_prices(row.product) or proposed.prices
    update = {"quantity": held[row.variant.pk], "prices": first, "further_variants": further}
    return proposed.model_copy(update=update)


def _prices(product: ProductParts) -> dict[UUID | None, dict[str, int]]:
    """Each variant's prices by channel, in minor units."""
    edges = product.product_variants.edges if product.product_variants else []
    return {uuid_of(edge.node.external_reference): _prices_of(edge.node) for edge in edges}


def _first_prices(product: ProductParts) -> dict[str, int]:
    """Those of the product's first variant, which may be called otherwise there."""
    edges = product.product_variants.edges if product.product_variants else []
    return _prices_of(edges[0].node) if edges else {}


def _prices_of(node: Any) -> dict[str, int]:
    return {
        row.channel.slug: row.price.fractional_amount
        for row in node.channel_listings or []
        if row.price is not None
    }
