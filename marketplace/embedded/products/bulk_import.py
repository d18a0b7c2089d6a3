"""Importing many products at once, in a number of queries that does not grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.embedded.models import (
    AssignedProductValue,
    AssignedVariantValue,
    Collection,
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductVariant,
    ProductVariantChannelListing,
    Stock,
)
from marketplace.embedded.products.attribute_assignment import links_for
from marketplace.embedded.products.attribute_values import ValueBatch
from marketplace.embedded.products.bulk_reading import read_rows
from marketplace.embedded.products.bulk_rows import ImportRow, VariantRow
from marketplace.embedded.products.inputs import BulkProductData
from marketplace.embedded.products.lowest_prices import refresh_lowest_prices
from marketplace.embedded.products.search_index import index_products
from marketplace.embedded.webhooks import emit_many


@dataclass(frozen=True)
class ImportResult:
    """All rows as read, and those of them that were stored."""

    rows: list[ImportRow]
    stored: list[ImportRow]


def import_products(inputs: Sequence[BulkProductData], *, error_policy: str) -> ImportResult:
    """Read all rows and store what the policy lets through, within the open write.

    REJECT_EVERYTHING stores nothing if any row has a problem; REJECT_FAILED_ROWS leaves out the
    rows with problems; IGNORE_FAILED stores those too, without their faulty parts, unless the
    product itself is faulty.
    """
    rows = read_rows(inputs)
    if error_policy == "REJECT_EVERYTHING" and any(row.problems for row in rows):
        stored: list[ImportRow] = []
    else:
        stored = [row for row in rows if _is_stored(row, error_policy)]
    _store_rows(stored)
    emit_many("PRODUCT_CREATED", [row.product for row in stored])
    variants = [each.variant for row in stored for each in row.variants]
    emit_many("PRODUCT_VARIANT_CREATED", variants)
    return ImportResult(rows, stored)


def _is_stored(row: ImportRow, error_policy: str) -> bool:
    return not row.problems or (error_policy == "IGNORE_FAILED" and not row.is_broken)


def _store_rows(rows: list[ImportRow]) -> None:
    products = [row.product for row in rows]
    Product.objects.bulk_create(products)
    variants = [each for row in rows for each in row.variants]
    ProductVariant.objects.bulk_create(each.variant for each in variants)
    for row in rows:
        row.product.default_variant = row.variants[0].variant if row.variants else None
    Product.objects.bulk_update(products, ["default_variant"])
    ProductChannelListing.objects.bulk_create(x for row in rows for x in row.listings)
    ProductMedia.objects.bulk_create(x for row in rows for x in row.media)
    Stock.objects.bulk_create(x for each in variants for x in each.stocks)
    ProductVariantChannelListing.objects.bulk_create(x for each in variants for x in each.prices)
    _store_values(rows, variants)
    through = Collection.products.through
    through._default_manager.bulk_create(  # noqa: SLF001
        through(collection_id=pk, product_id=row.product.pk)
        for row in rows
        for pk in row.collections
    )
    refresh_lowest_prices(product.pk for product in products)
    index_products(products)


def _store_values(rows: list[ImportRow], variants: list[VariantRow]) -> None:
    batch = ValueBatch()
    of_products = [link for row in rows for link in links_for(row.product, row.pairs, batch)]
    of_variants = [link for each in variants for link in links_for(each.variant, each.pairs, batch)]
    batch.save()
    AssignedProductValue.objects.bulk_create(of_products)
    AssignedVariantValue.objects.bulk_create(of_variants)
