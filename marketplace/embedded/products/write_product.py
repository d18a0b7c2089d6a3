"""Creating, changing and deleting products."""

from marketplace.embedded import ids, weights
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given, set_if_present, set_seo
from marketplace.embedded.metadata import merge_metadata
from marketplace.embedded.models import Category, Product, ProductType, ProductVariant
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.products.attribute_assignment import assign_values, match_attributes
from marketplace.embedded.products.inputs import ProductCreateData, ProductData, VariantData
from marketplace.embedded.products.product_types import attributes_of_products
from marketplace.embedded.products.search_index import index_products
from marketplace.embedded.slugs import ensure_unique_slug
from marketplace.embedded.webhooks import emit


def find_product(global_id: str | None, external_reference: str | None) -> Product:
    """Return a product by its id or its external reference; refuses NOT_FOUND."""
    rows = Product.objects.all()
    if global_id:
        return ids.fetch(rows, global_id, "Product")
    found = rows.filter(external_reference=external_reference or "").first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a product.", field="externalReference")
    return found


def reload_product(product: Product) -> Product:
    """Return the product as stored now, without the relations that were loaded before a write."""
    return Product.objects.get(pk=product.pk)


def apply_product(product: Product, data: ProductData) -> None:
    """Set a product's own fields from an input, unsaved.

    Refuses REQUIRED without a name, NOT_FOUND for an unknown category.
    """
    set_given(product, data, "name", "slug", "charge_taxes")
    set_if_present(product, data, "description", "rating")
    if "weight" in data:
        product.weight_grams = weights.to_grams(data["weight"])
    if "category" in data:
        product.category = _category(data["category"])
    apply_common(product, data)
    set_seo(product, data)
    if not product.name.strip():
        raise refuse("REQUIRED", "This field is required.", field="name")


def _category(global_id: str | None) -> Category | None:
    if not global_id:
        return None
    return ids.fetch(Category.objects.all(), global_id, "Category", field="category")


def apply_common(row: Product | ProductVariant, data: ProductData | VariantData) -> None:
    """Set external reference and metadata from an input, unsaved."""
    if "external_reference" in data:
        row.external_reference = data["external_reference"] or None
    merge_metadata(row, data)


def check_external_reference(row: Product | ProductVariant) -> None:
    """Refuse UNIQUE for an external reference that another row has."""
    reference = row.external_reference
    others = type(row).objects.exclude(pk=row.pk)
    if reference and others.filter(external_reference=reference).exists():
        message = "An object with this External reference already exists."
        raise refuse("UNIQUE", message, field="externalReference")


def create_product(data: ProductCreateData) -> Product:
    """Create a product; it is visible in a channel only once it is listed there.

    Refuses NOT_FOUND, REQUIRED, UNIQUE and what `match_attributes` refuses.
    """
    types = ProductType.objects.all()
    kind = ids.fetch(types, data["product_type"], "ProductType", field="productType")
    product = _save(Product(product_type=kind), data, new=True)
    emit("PRODUCT_CREATED", product)
    return product


def update_product(product: Product, data: ProductData) -> Product:
    """Change a product and return it as stored; refuses as `create_product` does."""
    product = _save(product, data, new=False)
    emit("PRODUCT_UPDATED", product)
    return product


def _save(product: Product, data: ProductData, *, new: bool) -> Product:
    apply_product(product, data)
    ensure_unique_slug(product, product.name, kind="Product")
    check_external_reference(product)
    attributes = attributes_of_products(product.product_type)
    pairs = match_attributes(attributes, data.get("attributes"), complete=new)
    product.save()
    assign_values(product, pairs)
    collections = data.get("collections")
    if collections is not None:
        product.collections.set(ids.pks(collections, "Collection"))
    index_products([product])
    return reload_product(product)


def delete_product(product: Product) -> None:
    """Delete a product with its variants; orders keep the texts of their own lines."""
    emit("PRODUCT_DELETED", product, immediately=True)
    delete_row(product)
