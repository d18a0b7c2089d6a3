"""Product types and the attributes that their products and variants have."""

from collections.abc import Sequence
from typing import Any

from marketplace.embedded import ids, weights
from marketplace.embedded.attributes import attributes_of_type
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.models import (
    Attribute,
    AttributeOfProductType,
    AttributeOfVariant,
    ProductType,
)
from marketplace.embedded.products.inputs import AttributeOperationData, ProductTypeData
from marketplace.embedded.slugs import ensure_unique_slug


def attributes_of_products(product_type: ProductType) -> list[Attribute]:
    """Return the attributes that products of a type have, in order."""
    links = product_type.attribute_links.select_related("attribute")
    return [link.attribute for link in links]


def attributes_of_variants(product_type: ProductType) -> list[Attribute]:
    """Return the attributes that variants of a type's products have, in order."""
    links = product_type.variant_attribute_links.select_related("attribute")
    return [link.attribute for link in links]


def create_product_type(data: ProductTypeData) -> ProductType:
    """Create a product type with its attributes; refuses REQUIRED, UNIQUE and INVALID."""
    name = data.get("name")
    if not name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    row = ProductType(name=name, slug=data.get("slug") or "")
    row.weight_grams = weights.to_grams(data.get("weight")) or 0
    set_given(row, data, "kind", "has_variants", "is_shipping_required", "is_digital")
    ensure_unique_slug(row, name, kind="Product type")
    row.save()
    AttributeOfProductType.objects.bulk_create(
        AttributeOfProductType(product_type=row, attribute=each, sort_order=order)
        for order, each in enumerate(_product_attributes(data.get("product_attributes")))
    )
    AttributeOfVariant.objects.bulk_create(
        AttributeOfVariant(product_type=row, attribute=each, sort_order=order)
        for order, each in enumerate(_product_attributes(data.get("variant_attributes")))
    )
    return row


def assign_attributes(
    product_type_id: str, operations: Sequence[AttributeOperationData]
) -> ProductType:
    """Give a product type further attributes.

    Refuses NOT_FOUND, INVALID, and ATTRIBUTE_ALREADY_ASSIGNED for one that it has already.
    """
    rows = ProductType.objects.all()
    row = ids.fetch(rows, product_type_id, "ProductType", field="productTypeId")
    for kind, link in (("PRODUCT", AttributeOfProductType), ("VARIANT", AttributeOfVariant)):
        links: Any = link._default_manager  # noqa: SLF001
        present = links.filter(product_type=row)
        wanted = _product_attributes([each["id"] for each in operations if each["type"] == kind])
        if present.filter(attribute__in=wanted).exists():
            message = "Attribute is already assigned to this product type."
            raise refuse("ATTRIBUTE_ALREADY_ASSIGNED", message, field="operations")
        links.bulk_create(
            link(product_type=row, attribute=each, sort_order=order)
            for order, each in enumerate(wanted, start=present.count())
        )
    return row


def _product_attributes(global_ids: list[str] | None) -> list[Attribute]:
    return attributes_of_type(
        global_ids,
        "PRODUCT_TYPE",
        message="Only product attributes can be assigned.",
        field="attributes",
    )
