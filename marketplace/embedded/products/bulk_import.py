"""Many products at once: read and check every row first, then store them with bulk inserts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from marketplace.embedded import ids, media, texts
from marketplace.embedded.errors import CommandError
from marketplace.embedded.listings import refresh_lowest_prices
from marketplace.embedded.models import (
    AssignedProductValue,
    AssignedVariantValue,
    Category,
    Channel,
    Collection,
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductType,
    ProductVariant,
    ProductVariantChannelListing,
    Stock,
    Warehouse,
)
from marketplace.embedded.products import attribute_assignment

Problem = dict[str, Any]


@dataclass
class VariantRow:
    """A variant that was read: unsaved objects, with its parts."""

    variant: ProductVariant
    pairs: attribute_assignment.Pairs
    stocks: list[Stock] = field(default_factory=list)
    prices: list[ProductVariantChannelListing] = field(default_factory=list)


@dataclass
class ImportRow:
    """A product that was read; `is_broken` when the product itself cannot be stored."""

    product: Product
    pairs: attribute_assignment.Pairs = field(default_factory=list)
    variants: list[VariantRow] = field(default_factory=list)
    listings: list[ProductChannelListing] = field(default_factory=list)
    media: list[ProductMedia] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_broken: bool = False


@dataclass
class _Reader:
    """What all rows share, loaded once; and what earlier rows have taken already."""

    types: dict[str, ProductType]
    categories: dict[str | None, Category]
    channels: dict[str, Channel]
    warehouses: dict[str, Warehouse]
    product_attributes: dict[int, list[Any]]
    variant_attributes: dict[int, list[Any]]
    taken: set[tuple[str, str]] = field(default_factory=set)

    def claim(self, kind: str, value: str | None, path: str) -> list[Problem]:
        """Note a unique value; return the problem if it is taken."""
        if not value:
            return []
        if (kind, value) in self.taken:
            return [_problem("UNIQUE", f"{value} already exists.", path)]
        self.taken.add((kind, value))
        return []


def _problem(code: str, message: str, path: str, **extra: Any) -> Problem:
    return {"code": code, "message": message, "path": path, **extra}


def read_rows(inputs: list[dict[str, Any]]) -> list[ImportRow]:
    """Check every row and return unsaved objects with the problems found."""
    reader = _reader(inputs)
    return [_read(reader, item) for item in inputs]


def _reader(inputs: list[dict[str, Any]]) -> _Reader:
    types = ProductType.objects.in_bulk(ids.pks([i["product_type"] for i in inputs], "ProductType"))
    variants = [v for i in inputs for v in i.get("variants") or []]
    stocks = [s["warehouse"] for v in variants for s in v.get("stocks") or []]
    warehouses = Warehouse.objects.in_bulk(set(ids.pks(stocks, "Warehouse")))
    categories = Category.objects.in_bulk(
        set(ids.pks([i["category"] for i in inputs if i.get("category")], "Category"))
    )
    reader = _Reader(
        categories={ids.to_global_id("Category", pk): row for pk, row in categories.items()},
        types={ids.to_global_id("ProductType", pk): row for pk, row in types.items()},
        channels={ids.to_global_id("Channel", row.pk): row for row in Channel.objects.all()},
        warehouses={ids.to_global_id("Warehouse", pk): row for pk, row in warehouses.items()},
        product_attributes={
            pk: [link.attribute for link in row.attribute_links.select_related("attribute")]
            for pk, row in types.items()
        },
        variant_attributes={
            pk: [link.attribute for link in row.variant_attribute_links.select_related("attribute")]
            for pk, row in types.items()
        },
    )
    _note_taken(reader, inputs, variants)
    return reader


def _note_taken(
    reader: _Reader, inputs: list[dict[str, Any]], variants: list[dict[str, Any]]
) -> None:
    def note(kind: str, model: Any, column: str, values: Iterable[Any]) -> None:
        wanted = [value for value in values if value]
        found = model.objects.filter(**{f"{column}__in": wanted}).values_list(column, flat=True)
        reader.taken.update((kind, value) for value in found)

    note("slug", Product, "slug", (i.get("slug") for i in inputs))
    references = (i.get("external_reference") for i in inputs)
    note("product reference", Product, "external_reference", references)
    note("sku", ProductVariant, "sku", (v.get("sku") for v in variants))
    references = (v.get("external_reference") for v in variants)
    note("variant reference", ProductVariant, "external_reference", references)


def _attempt(row: ImportRow, path: str, action: Callable[[], None]) -> bool:
    """Run `action`; note its refusal on the row and tell whether it went well."""
    try:
        action()
    except CommandError as refusal:
        for problem in refusal.problems:
            leaf = problem.get("field") or ""
            where = ".".join(part for part in (path, leaf) if part)
            extra = {k: v for k, v in problem.items() if k in {"attributes", "values"}}
            row.problems.append(_problem(problem["code"], problem["message"], where, **extra))
        return False
    return True


def _read(reader: _Reader, item: dict[str, Any]) -> ImportRow:
    from marketplace.embedded.schema.product_inputs import apply_product

    row = ImportRow(Product())
    kind = reader.types.get(item["product_type"])
    if kind is None:
        row.problems.append(_problem("NOT_FOUND", "Product type not found.", "productType"))
        row.is_broken = True
        return row
    row.product.product_type = kind
    rest = _with_category(reader, row, item)
    own = _attempt(row, "", lambda: apply_product(row.product, rest))
    if own and not row.product.slug:
        row.product.slug = _free_slug(reader, row.product.name)
    taken = reader.claim("slug", row.product.slug, "slug")
    reference = row.product.external_reference
    taken += reader.claim("product reference", reference, "externalReference")
    row.problems += taken

    def match() -> None:
        attributes = reader.product_attributes[kind.pk]
        given = item.get("attributes")
        # As at Saleor: in bulk, a product without any attribute is let through.
        row.pairs = attribute_assignment.match(attributes, given, complete=bool(given))

    matched = _attempt(row, "", match)
    row.is_broken = bool(taken) or not own or not matched
    row.collections = ids.pks(item.get("collections"), "Collection")
    _read_listings(reader, row, item)
    _read_media(row, item)
    for index, each in enumerate(item.get("variants") or []):
        _read_variant(reader, row, each, index)
    return row


def _with_category(reader: _Reader, row: ImportRow, item: dict[str, Any]) -> dict[str, Any]:
    """Set the category from those loaded together; return the other fields."""
    wanted = item.get("category")
    if wanted not in reader.categories:
        return item
    row.product.category = reader.categories[wanted]
    return {name: value for name, value in item.items() if name != "category"}


def _free_slug(reader: _Reader, name: str) -> str:
    base = texts.unique_slug(Product, name)
    slug, number = base, 2
    while ("slug", slug) in reader.taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _read_listings(reader: _Reader, row: ImportRow, item: dict[str, Any]) -> None:
    from marketplace.embedded.schema.product_writes import apply_listing

    for index, each in enumerate(item.get("channel_listings") or []):
        path = f"channelListings.{index}"
        channel = reader.channels.get(each["channel_id"])
        if channel is None:
            named = [each["channel_id"]]
            message = "Channel not found."
            row.problems.append(_problem("NOT_FOUND", message, path, channels=named))
            continue
        listing = ProductChannelListing(
            product=row.product, channel=channel, currency=channel.currency_code
        )
        if _attempt(row, path, lambda: apply_listing(listing, each)):  # noqa: B023
            row.listings.append(listing)


def _read_media(row: ImportRow, item: dict[str, Any]) -> None:
    for index, each in enumerate(item.get("media") or []):
        picture = ProductMedia(
            product=row.product,
            alt=each.get("alt") or "",
            external_url=each.get("media_url") or "",
            sort_order=index,
        )

        def save() -> None:
            if each.get("image"):  # noqa: B023
                picture.image = media.save_image(each["image"], folder="products")  # noqa: B023

        if _attempt(row, f"media.{index}", save):
            row.media.append(picture)


def _read_variant(reader: _Reader, row: ImportRow, item: dict[str, Any], index: int) -> None:
    from marketplace.embedded.schema.product_inputs import apply_variant

    path = f"variants.{index}"
    variant = ProductVariant(product=row.product, sort_order=index)
    found = VariantRow(variant, [])

    def read() -> None:
        apply_variant(variant, item)
        attributes = reader.variant_attributes[row.product.product_type_id]
        found.pairs = attribute_assignment.match(attributes, item.get("attributes"), complete=True)

    read_well = _attempt(row, path, read)
    taken = reader.claim("sku", variant.sku, f"{path}.sku")
    reference = variant.external_reference
    taken += reader.claim("variant reference", reference, f"{path}.externalReference")
    row.problems += taken
    variant.name = variant.name or variant.sku or row.product.name
    _read_stocks(reader, row, found, item, path)
    _read_prices(reader, row, found, item, path)
    if read_well and not taken:
        row.variants.append(found)


def _read_stocks(
    reader: _Reader, row: ImportRow, found: VariantRow, item: dict[str, Any], path: str
) -> None:
    for index, each in enumerate(item.get("stocks") or []):
        warehouse = reader.warehouses.get(each["warehouse"])
        where = f"{path}.stocks.{index}.warehouse"
        if warehouse is None:
            named = [each["warehouse"]]
            message = "Warehouse not found."
            row.problems.append(_problem("NOT_FOUND", message, where, warehouses=named))
            continue
        stock = Stock(variant=found.variant, warehouse=warehouse, quantity=each["quantity"])
        found.stocks.append(stock)


def _read_prices(
    reader: _Reader, row: ImportRow, found: VariantRow, item: dict[str, Any], path: str
) -> None:
    from marketplace.embedded.schema.variant_writes import price_values

    listed = {listing.channel_id for listing in row.listings}
    for index, each in enumerate(item.get("channel_listings") or []):
        where = f"{path}.channelListings.{index}"
        channel = reader.channels.get(each["channel_id"])
        if channel is None or channel.pk not in listed:
            code = "NOT_FOUND" if channel is None else "PRODUCT_NOT_ASSIGNED_TO_CHANNEL"
            named = [each["channel_id"]]
            message = "The product is not listed in this channel."
            row.problems.append(_problem(code, message, f"{where}.channelId", channels=named))
            continue

        def add() -> None:
            values = price_values(each, channel)  # noqa: B023
            price = ProductVariantChannelListing(
                variant=found.variant,
                channel=channel,  # noqa: B023
                **values,
            )
            found.prices.append(price)

        _attempt(row, where, add)


def _store_values(rows: list[ImportRow], variants: list[VariantRow]) -> None:
    batch = attribute_assignment.Batch()
    of_products = [
        link
        for row in rows
        for link in attribute_assignment.links_for(row.product, row.pairs, batch)
    ]
    of_variants = [
        link
        for each in variants
        for link in attribute_assignment.links_for(each.variant, each.pairs, batch)
    ]
    batch.save()
    AssignedProductValue.objects.bulk_create(of_products)
    AssignedVariantValue.objects.bulk_create(of_variants)


def store_rows(rows: list[ImportRow]) -> None:
    """Insert everything the rows hold, in a number of statements that does not grow."""
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
    texts.index_products(products)
