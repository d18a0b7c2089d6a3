"""Inputs of products and variants, and applying them to rows."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, weights
from marketplace.embedded.errors import refuse
from marketplace.embedded.schema.attribute_writes import AttributeValueInput
from marketplace.embedded.schema.base import MetadataInput, list_of, metadata_dict
from marketplace.embedded.schema.page import SeoInput
from marketplace.embedded.schema.scalars import JSONString, WeightScalar
from marketplace.embedded.texts import unique_slug


class ProductInput(graphene.InputObjectType):
    """Changes of a product; weight in the shop's unit."""

    attributes = list_of(AttributeValueInput)
    category = graphene.ID()
    charge_taxes = graphene.Boolean()
    collections = list_of(graphene.ID)
    description = graphene.InputField(JSONString)
    name = graphene.String()
    slug = graphene.String()
    seo = graphene.InputField(SeoInput)
    weight = graphene.InputField(WeightScalar)
    rating = graphene.Float()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    external_reference = graphene.String()


class ProductCreateInput(ProductInput):
    """A new product."""

    product_type = graphene.ID(required=True)


class StockInput(graphene.InputObjectType):
    """Units in a warehouse."""

    warehouse = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class _VariantFields(graphene.InputObjectType):
    class Meta:
        abstract = True

    sku = graphene.String()
    name = graphene.String()
    track_inventory = graphene.Boolean()
    weight = graphene.InputField(WeightScalar)
    quantity_limit_per_customer = graphene.Int()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    external_reference = graphene.String()


class ProductVariantInput(_VariantFields):
    """Changes of a variant; weight in the shop's unit."""

    attributes = list_of(AttributeValueInput)


class ProductVariantCreateInput(_VariantFields):
    """A new variant with its stock."""

    attributes = list_of(AttributeValueInput, required=True)
    product = graphene.ID(required=True)
    stocks = list_of(StockInput)


def apply_product(product: models.Product, data: dict[str, Any]) -> None:
    """Set a product's own fields from an input, unsaved; slug from the name where missing.

    Raises CommandError REQUIRED without a name, NOT_FOUND for an unknown category.
    """
    for name in ("name", "slug", "charge_taxes"):
        if data.get(name) is not None:
            setattr(product, name, data[name])
    for name in ("description", "rating"):
        if name in data:
            setattr(product, name, data[name])
    if "weight" in data:
        product.weight_grams = weights.to_grams(data["weight"])
    if "category" in data:
        rows = models.Category.objects.all()
        category = data["category"]
        product.category = (
            ids.fetch(rows, category, "Category", field="category") if category else None
        )
    apply_common(product, data)
    for name, value in (data.get("seo") or {}).items():
        setattr(product, f"seo_{name}", value)
    if not product.name.strip():
        raise refuse("REQUIRED", "This field is required.", field="name")


def apply_common(row: models.Product | models.ProductVariant, data: dict[str, Any]) -> None:
    """Set external reference and metadata from an input."""
    if "external_reference" in data:
        row.external_reference = data["external_reference"] or None
    row.metadata.update(metadata_dict(data.get("metadata")))
    row.private_metadata.update(metadata_dict(data.get("private_metadata")))


def check_product_unique(product: models.Product) -> None:
    """Fill a missing slug; raise CommandError UNIQUE for a slug or reference already taken."""
    product.slug = product.slug or unique_slug(models.Product, product.name)
    others = models.Product.objects.exclude(pk=product.pk)
    if others.filter(slug=product.slug).exists():
        raise refuse("UNIQUE", "Product with this Slug already exists.", field="slug")
    check_reference(product)


def check_reference(row: models.Product | models.ProductVariant) -> None:
    """Raise CommandError UNIQUE for an external reference already taken."""
    reference = row.external_reference
    others = type(row).objects.exclude(pk=row.pk)
    if reference and others.filter(external_reference=reference).exists():
        message = "An object with this External reference already exists."
        raise refuse("UNIQUE", message, field="externalReference")


def apply_variant(variant: models.ProductVariant, data: dict[str, Any]) -> None:
    """Set a variant's own fields from an input, unsaved.

    Raises CommandError REQUIRED or INVALID for a quantity limit below one.
    """
    if "sku" in data:
        variant.sku = (data["sku"] or "").strip() or None
    if data.get("name") is not None:
        variant.name = data["name"]
    if data.get("track_inventory") is not None:
        variant.track_inventory = data["track_inventory"]
    if "weight" in data:
        variant.weight_grams = weights.to_grams(data["weight"])
    if "quantity_limit_per_customer" in data:
        limit = data["quantity_limit_per_customer"]
        if limit is not None and limit < 1:
            message = "Product variant can't have quantity limit lower than 1."
            raise refuse("INVALID", message, field="quantityLimitPerCustomer")
        variant.quantity_limit_per_customer = limit
    apply_common(variant, data)


def check_variant_unique(variant: models.ProductVariant) -> None:
    """Raise CommandError UNIQUE for a stock-keeping unit or reference already taken."""
    others = models.ProductVariant.objects.exclude(pk=variant.pk)
    if variant.sku and others.filter(sku=variant.sku).exists():
        raise refuse("UNIQUE", "Product variant with this SKU already exists.", field="sku")
    check_reference(variant)


def warehouses_by(items: list[dict[str, Any]]) -> list[tuple[models.Warehouse, int]]:
    """Return the warehouses of StockInputs with their quantities.

    Raises CommandError NOT_FOUND, INVALID below zero, UNIQUE for one given twice.
    """
    wanted = ids.pks([item["warehouse"] for item in items], "Warehouse")
    found = {str(pk): row for pk, row in models.Warehouse.objects.in_bulk(wanted).items()}
    if len(set(wanted)) < len(wanted):
        raise refuse("UNIQUE", "Duplicated warehouse ID.", field="warehouse")
    pairs = []
    for index, item in enumerate(items):
        decoded = ids.from_global_id(item["warehouse"])
        if decoded is None or decoded.pk not in found:
            raise refuse("NOT_FOUND", "Warehouse not found.", field="warehouse", index=index)
        if item["quantity"] < 0:
            raise refuse("INVALID", "Quantity cannot be negative.", field="quantity", index=index)
        pairs.append((found[decoded.pk], item["quantity"]))
    return pairs
