"""Reading the rows of a bulk import: everything is checked, nothing is stored.

Problems are recorded on the row. A part with a problem is left out of it.
"""

from collections.abc import Sequence

from marketplace.embedded import ids, media
from marketplace.embedded.models import (
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductType,
    ProductVariant,
    ProductVariantChannelListing,
    Stock,
)
from marketplace.embedded.products.attribute_assignment import match_attributes
from marketplace.embedded.products.bulk_lookups import Lookups, load_lookups
from marketplace.embedded.products.bulk_rows import ImportRow, ProductRowProblem, VariantRow
from marketplace.embedded.products.inputs import (
    BulkProductData,
    BulkVariantData,
    ChannelListingData,
    MediaData,
    PriceData,
    ProductData,
)
from marketplace.embedded.products.list_in_channels import apply_listing, price_values
from marketplace.embedded.products.write_product import apply_product
from marketplace.embedded.products.write_variant import apply_variant


def read_rows(inputs: Sequence[BulkProductData]) -> list[ImportRow]:
    """Check every row and return it with the problems found."""
    lookups = load_lookups(inputs)
    return [_read_row(lookups, item) for item in inputs]


def _read_row(lookups: Lookups, item: BulkProductData) -> ImportRow:
    row = ImportRow(Product())
    kind = lookups.types.get(item["product_type"])
    if kind is None:
        row.problems.append(
            ProductRowProblem("productType", "NOT_FOUND", "Product type not found.")
        )
        row.is_broken = True
        return row
    row.product.product_type = kind
    _read_product(lookups, row, item, kind)
    row.collections = ids.pks(item.get("collections"), "Collection")
    for index, listing in enumerate(item.get("channel_listings") or []):
        _read_listing(lookups, row, listing, f"channelListings.{index}")
    for index, picture in enumerate(item.get("media") or []):
        _read_media(row, picture, index)
    for index, variant in enumerate(item.get("variants") or []):
        _read_variant(lookups, row, variant, index)
    return row


def _read_product(
    lookups: Lookups, row: ImportRow, item: BulkProductData, kind: ProductType
) -> None:
    product = row.product
    fields = _without_category(lookups, product, item)
    applied = row.attempt("", lambda: apply_product(product, fields))
    if applied and not product.slug:
        product.slug = lookups.free_slug(product.name)
    taken = [
        *lookups.claim("slug", product.slug, "slug"),
        *lookups.claim("product reference", product.external_reference, "externalReference"),
    ]
    row.problems += taken

    def match() -> None:
        given = item.get("attributes")
        # In bulk Saleor accepts a product without any attribute, also when one is required.
        row.pairs = match_attributes(
            lookups.product_attributes[kind.pk], given, complete=bool(given)
        )

    matched = row.attempt("", match)
    row.is_broken = bool(taken) or not applied or not matched


def _without_category(lookups: Lookups, product: Product, item: BulkProductData) -> ProductData:
    """Set the category if it was loaded with the others; return the fields still to be applied."""
    wanted = item.get("category")
    if not wanted or wanted not in lookups.categories:
        return item
    product.category = lookups.categories[wanted]
    fields = item.copy()
    del fields["category"]
    return fields


def _read_listing(lookups: Lookups, row: ImportRow, item: ChannelListingData, path: str) -> None:
    channel = lookups.channels.get(item["channel_id"])
    if channel is None:
        named = [item["channel_id"]]
        row.problems.append(
            ProductRowProblem(path, "NOT_FOUND", "Channel not found.", channels=named)
        )
        return
    listing = ProductChannelListing(
        product=row.product, channel=channel, currency=channel.currency_code
    )
    if row.attempt(path, lambda: apply_listing(listing, item)):
        row.listings.append(listing)


def _read_media(row: ImportRow, item: MediaData, index: int) -> None:
    picture = ProductMedia(
        product=row.product,
        alt=item.get("alt") or "",
        external_url=item.get("media_url") or "",
        sort_order=index,
    )

    def save() -> None:
        if item.get("image"):
            picture.image = media.save_image(item["image"], folder="products")

    if row.attempt(f"media.{index}", save):
        row.media.append(picture)


def _read_variant(lookups: Lookups, row: ImportRow, item: BulkVariantData, index: int) -> None:
    path = f"variants.{index}"
    variant = ProductVariant(product=row.product, sort_order=index)
    read = VariantRow(variant)

    def apply() -> None:
        apply_variant(variant, item)
        attributes = lookups.variant_attributes[row.product.product_type_id]
        read.pairs = match_attributes(attributes, item.get("attributes"), complete=True)

    applied = row.attempt(path, apply)
    taken = [
        *lookups.claim("sku", variant.sku, f"{path}.sku"),
        *lookups.claim(
            "variant reference", variant.external_reference, f"{path}.externalReference"
        ),
    ]
    row.problems += taken
    variant.name = variant.name or variant.sku or row.product.name
    _read_stocks(lookups, row, read, item, path)
    for place, price in enumerate(item.get("channel_listings") or []):
        _read_price(lookups, row, read, price, f"{path}.channelListings.{place}")
    if applied and not taken:
        row.variants.append(read)


def _read_stocks(
    lookups: Lookups, row: ImportRow, read: VariantRow, item: BulkVariantData, path: str
) -> None:
    for index, each in enumerate(item.get("stocks") or []):
        warehouse = lookups.warehouses.get(each["warehouse"])
        if warehouse is None:
            row.problems.append(
                ProductRowProblem(
                    f"{path}.stocks.{index}.warehouse",
                    "NOT_FOUND",
                    "Warehouse not found.",
                    warehouses=[each["warehouse"]],
                )
            )
            continue
        stock = Stock(variant=read.variant, warehouse=warehouse, quantity=each["quantity"])
        read.stocks.append(stock)


def _read_price(
    lookups: Lookups, row: ImportRow, read: VariantRow, item: PriceData, path: str
) -> None:
    channel = lookups.channels.get(item["channel_id"])
    listed = {listing.channel_id for listing in row.listings}
    if channel is None or channel.pk not in listed:
        row.problems.append(
            ProductRowProblem(
                f"{path}.channelId",
                "NOT_FOUND" if channel is None else "PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
                "The product is not listed in this channel.",
                channels=[item["channel_id"]],
            )
        )
        return

    def add() -> None:
        values = price_values(item, channel)
        price = ProductVariantChannelListing(variant=read.variant, channel=channel, **values)
        read.prices.append(price)

    row.attempt(path, add)
