"""Variants, their prices and stock: writes."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, money, texts
from marketplace.embedded.errors import refuse
from marketplace.embedded.listings import refresh_lowest_prices
from marketplace.embedded.products import attribute_assignment
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.product import ProductVariant
from marketplace.embedded.schema.product_errors import (
    BulkStockError,
    ProductChannelListingError,
    ProductError,
)
from marketplace.embedded.schema.product_inputs import (
    ProductVariantCreateInput,
    ProductVariantInput,
    StockInput,
    apply_variant,
    check_variant_unique,
    warehouses_by,
)
from marketplace.embedded.schema.scalars import PositiveDecimal
from marketplace.embedded.webhooks import emit


def variant_attributes(product_type: models.ProductType) -> list[models.Attribute]:
    """Return the attributes which variants of a type's products carry, in order."""
    links = product_type.variant_attribute_links.select_related("attribute")
    return [link.attribute for link in links]


def variant_by(
    global_id: str | None, sku: str | None = None, external_reference: str | None = None
) -> models.ProductVariant:
    """Return a variant by one of its ids; raises CommandError NOT_FOUND."""
    rows = models.ProductVariant.objects.all()
    if global_id:
        return ids.fetch(rows, global_id, "ProductVariant")
    if sku:
        found = rows.filter(sku=sku).first()
    else:
        found = rows.filter(external_reference=external_reference or "").first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a variant.", field="sku")
    return found


def _fresh(variant: models.ProductVariant) -> models.ProductVariant:
    return models.ProductVariant.objects.get(pk=variant.pk)


def _save(
    variant: models.ProductVariant, data: dict[str, Any], *, new: bool
) -> models.ProductVariant:
    apply_variant(variant, data)
    check_variant_unique(variant)
    attributes = variant_attributes(variant.product.product_type)
    pairs = attribute_assignment.match(attributes, data.get("attributes"), complete=new)
    variant.save()
    attribute_assignment.assign(variant, pairs)
    if not variant.name:
        values = [value.name for value in _values(variant)]
        variant.name = (
            " / ".join(values) or variant.sku or ids.to_global_id("ProductVariant", variant.pk)
        )
        variant.save(update_fields=["name"])
    texts.index_products([variant.product])
    return _fresh(variant)


def _values(variant: models.ProductVariant) -> list[models.AttributeValue]:
    links = variant.assigned_values.select_related("value")
    return [link.value for link in links if link.value.name]


class ProductVariantCreate(EngineMutation):
    """Create a variant with its stock."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = ProductVariantCreateInput(required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ProductVariantCreate":
        rows = models.Product.objects.select_related("product_type")
        product = ids.fetch(rows, input["product"], "Product", field="product")
        stocks = warehouses_by(input.get("stocks") or [])
        order = product.variants.count()
        variant = models.ProductVariant(product=product, sort_order=order)
        variant = _save(variant, input, new=True)
        models.Stock.objects.bulk_create(
            models.Stock(variant=variant, warehouse=warehouse, quantity=quantity)
            for warehouse, quantity in stocks
        )
        if product.default_variant_id is None:
            product.default_variant = variant
        product.save(update_fields=["default_variant", "updated_at"])
        emit("PRODUCT_VARIANT_CREATED", variant)
        return cls(product_variant=_fresh(variant))


class ProductVariantUpdate(EngineMutation):
    """Change a variant."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        external_reference = graphene.String()
        input = ProductVariantInput(required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        id: str | None = None,
        sku: str | None = None,
        external_reference: str | None = None,
    ) -> "ProductVariantUpdate":
        variant = _save(variant_by(id, sku, external_reference), input, new=False)
        variant.product.save(update_fields=["updated_at"])
        emit("PRODUCT_VARIANT_UPDATED", variant)
        return cls(product_variant=variant)


class ProductVariantDelete(EngineMutation):
    """Delete a variant."""

    class Meta:
        error_type = ProductError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        external_reference = graphene.String()

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: Info,
        id: str | None = None,
        sku: str | None = None,
        external_reference: str | None = None,
    ) -> "ProductVariantDelete":
        variant = variant_by(id, sku, external_reference)
        product = variant.product
        emit("PRODUCT_VARIANT_DELETED", variant, immediately=True)
        pk = variant.pk
        variant.delete()
        variant.pk = pk
        product.refresh_from_db()
        if product.default_variant_id is None:
            product.default_variant = product.variants.first()
        product.save(update_fields=["default_variant", "updated_at"])
        refresh_lowest_prices([product.pk])
        return cls(product_variant=variant)


class ProductVariantChannelListingAddInput(graphene.InputObjectType):
    """A price in a channel, major units."""

    channel_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal, required=True)
    cost_price = graphene.InputField(PositiveDecimal)
    prior_price = graphene.InputField(PositiveDecimal)


def price_values(item: dict[str, Any], channel: models.Channel) -> dict[str, Any]:
    """Return a price listing's fields from its input, in minor units.

    Raises CommandError INVALID for more decimals than the currency has.
    """
    currency = channel.currency_code
    values: dict[str, Any] = {"currency": currency}
    for name in ("price", "cost_price", "prior_price"):
        if item.get(name) is not None:
            values[f"{name}_minor"] = money.exact_minor(item[name], currency, field=name)
    return values


class ProductVariantChannelListingUpdate(EngineMutation):
    """Set a variant's prices; the product must be listed in the channels before."""

    class Meta:
        error_type = ProductChannelListingError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        input = list_of(ProductVariantChannelListingAddInput, required=True)

    variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: list[dict[str, Any]],
        id: str | None = None,
        sku: str | None = None,
    ) -> "ProductVariantChannelListingUpdate":
        variant = variant_by(id, sku)
        for item in input:
            _price(variant, item)
        refresh_lowest_prices([variant.product_id])
        emit("PRODUCT_VARIANT_UPDATED", variant)
        return cls(variant=_fresh(variant))


def _price(variant: models.ProductVariant, item: dict[str, Any]) -> None:
    named = [item["channel_id"]]
    channel = ids.find(models.Channel.objects.all(), item["channel_id"], "Channel")
    if channel is None:
        raise refuse("NOT_FOUND", "Channel not found.", field="channelId", channels=named)
    listed = models.ProductChannelListing.objects.filter(
        product_id=variant.product_id, channel=channel
    )
    if not listed.exists():
        message = "Product not available in channels."
        raise refuse("PRODUCT_NOT_ASSIGNED_TO_CHANNEL", message, field="input", channels=named)
    models.ProductVariantChannelListing.objects.update_or_create(
        variant=variant, channel=channel, defaults=price_values(item, channel)
    )


class ProductVariantStocksUpdate(EngineMutation):
    """Set the units of a variant in warehouses; the product's date of change stays."""

    class Meta:
        error_type = BulkStockError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        variant_id = graphene.ID()
        sku = graphene.String()
        stocks = list_of(StockInput, required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls,
        info: Info,
        stocks: list[dict[str, Any]],
        variant_id: str | None = None,
        sku: str | None = None,
    ) -> "ProductVariantStocksUpdate":
        variant = variant_by(variant_id, sku)
        for warehouse, quantity in sorted(warehouses_by(stocks), key=lambda pair: str(pair[0].pk)):
            set_stock(variant, warehouse, quantity)
        return cls(product_variant=_fresh(variant))


def set_stock(
    variant: models.ProductVariant, warehouse: models.Warehouse, quantity: int
) -> models.Stock:
    """Set a stock's units under a lock and tell what that means for buyers."""
    rows = models.Stock.objects.select_for_update(of=("self",))
    stock = rows.filter(variant=variant, warehouse=warehouse).first()
    stock = stock or models.Stock(variant=variant, warehouse=warehouse)
    before = stock.quantity - stock.quantity_allocated
    stock.quantity = quantity
    stock.save()
    after = stock.quantity - stock.quantity_allocated
    if before <= 0 < after:
        emit("PRODUCT_VARIANT_BACK_IN_STOCK", stock)
    elif after <= 0 < before:
        emit("PRODUCT_VARIANT_OUT_OF_STOCK", stock)
    emit("PRODUCT_VARIANT_STOCK_UPDATED", stock)
    return stock


class ProductVariantStocksCreate(EngineMutation):
    """Add warehouses with units to a variant."""

    class Meta:
        error_type = BulkStockError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        variant_id = graphene.ID(required=True)
        stocks = list_of(StockInput, required=True)

    product_variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(cls, info: Info, variant_id: str, stocks: list[dict[str, Any]]) -> Any:
        variant = variant_by(variant_id)
        pairs = warehouses_by(stocks)
        known = set(variant.stocks.values_list("warehouse_id", flat=True))
        for index, (warehouse, _quantity) in enumerate(pairs):
            if warehouse.pk in known:
                message = "Stock for this warehouse already exists for this product variant."
                raise refuse("UNIQUE", message, field="warehouse", index=index)
        for warehouse, quantity in pairs:
            set_stock(variant, warehouse, quantity)
        return cls(product_variant=_fresh(variant))


class VariantMutations:
    """Writes about variants."""

    product_variant_create = ProductVariantCreate.Field()
    product_variant_update = ProductVariantUpdate.Field()
    product_variant_delete = ProductVariantDelete.Field()
    product_variant_channel_listing_update = ProductVariantChannelListingUpdate.Field()
    product_variant_stocks_update = ProductVariantStocksUpdate.Field()
    product_variant_stocks_create = ProductVariantStocksCreate.Field()
