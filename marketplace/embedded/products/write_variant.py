"""Creating, changing and deleting variants."""

from marketplace.embedded import ids, weights
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.models import Product, ProductVariant, Stock
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.products.attribute_assignment import assign_values, match_attributes
from marketplace.embedded.products.inputs import VariantCreateData, VariantData
from marketplace.embedded.products.lowest_prices import refresh_lowest_prices
from marketplace.embedded.products.product_types import attributes_of_variants
from marketplace.embedded.products.search_index import index_products
from marketplace.embedded.products.set_stock import warehouse_quantities
from marketplace.embedded.products.write_product import apply_common, check_external_reference
from marketplace.embedded.webhooks import emit


def find_variant(
    global_id: str | None, sku: str | None = None, external_reference: str | None = None
) -> ProductVariant:
    """Return a variant by its id, SKU or external reference; refuses NOT_FOUND."""
    rows = ProductVariant.objects.all()
    if global_id:
        return ids.fetch(rows, global_id, "ProductVariant")
    if sku:
        found = rows.filter(sku=sku).first()
    else:
        found = rows.filter(external_reference=external_reference or "").first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a variant.", field="sku")
    return found


def reload_variant(variant: ProductVariant) -> ProductVariant:
    """Return the variant as stored now, without the relations that were loaded before a write."""
    return ProductVariant.objects.get(pk=variant.pk)


def apply_variant(variant: ProductVariant, data: VariantData) -> None:
    """Set a variant's own fields from an input, unsaved.

    Refuses INVALID for a quantity limit below one.
    """
    if "sku" in data:
        variant.sku = (data["sku"] or "").strip() or None
    set_given(variant, data, "name", "track_inventory")
    if "weight" in data:
        variant.weight_grams = weights.to_grams(data["weight"])
    if "quantity_limit_per_customer" in data:
        limit = data["quantity_limit_per_customer"]
        if limit is not None and limit < 1:
            message = "Product variant can't have quantity limit lower than 1."
            raise refuse("INVALID", message, field="quantityLimitPerCustomer")
        variant.quantity_limit_per_customer = limit
    apply_common(variant, data)


def create_variant(data: VariantCreateData) -> ProductVariant:
    """Create a variant with its stock; the product's first variant becomes its default.

    Refuses NOT_FOUND, INVALID, UNIQUE and what `match_attributes` refuses.
    """
    rows = Product.objects.select_related("product_type")
    product = ids.fetch(rows, data["product"], "Product", field="product")
    stocks = warehouse_quantities(data.get("stocks") or [])
    variant = ProductVariant(product=product, sort_order=product.variants.count())
    variant = _save(variant, data, new=True)
    Stock.objects.bulk_create(
        Stock(variant=variant, warehouse=warehouse, quantity=quantity)
        for warehouse, quantity in stocks
    )
    if product.default_variant_id is None:
        product.default_variant = variant
    product.save(update_fields=["default_variant", "updated_at"])
    emit("PRODUCT_VARIANT_CREATED", variant)
    return reload_variant(variant)


def update_variant(variant: ProductVariant, data: VariantData) -> ProductVariant:
    """Change a variant and return it as stored; refuses as `create_variant` does."""
    variant = _save(variant, data, new=False)
    variant.product.save(update_fields=["updated_at"])
    emit("PRODUCT_VARIANT_UPDATED", variant)
    return variant


def _save(variant: ProductVariant, data: VariantData, *, new: bool) -> ProductVariant:
    apply_variant(variant, data)
    others = ProductVariant.objects.exclude(pk=variant.pk)
    if variant.sku and others.filter(sku=variant.sku).exists():
        raise refuse("UNIQUE", "Product variant with this SKU already exists.", field="sku")
    check_external_reference(variant)
    attributes = attributes_of_variants(variant.product.product_type)
    pairs = match_attributes(attributes, data.get("attributes"), complete=new)
    variant.save()
    assign_values(variant, pairs)
    if not variant.name:
        variant.name = _default_name(variant)
        variant.save(update_fields=["name"])
    index_products([variant.product])
    return reload_variant(variant)


def _default_name(variant: ProductVariant) -> str:
    links = variant.assigned_values.select_related("value")
    values = " / ".join(link.value.name for link in links if link.value.name)
    return values or variant.sku or ids.to_global_id("ProductVariant", variant.pk)


def delete_variant(variant: ProductVariant) -> None:
    """Delete a variant; if it was the product's default, the first remaining one becomes it."""
    product = variant.product
    emit("PRODUCT_VARIANT_DELETED", variant, immediately=True)
    delete_row(variant)
    product.refresh_from_db()
    if product.default_variant_id is None:
        product.default_variant = product.variants.first()
    product.save(update_fields=["default_variant", "updated_at"])
    refresh_lowest_prices([product.pk])
