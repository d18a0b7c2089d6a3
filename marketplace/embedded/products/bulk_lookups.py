"""What the rows of a bulk import of products refer to, loaded for all rows together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.embedded import ids
from marketplace.embedded.models import (
    Attribute,
    Category,
    Channel,
    Product,
    ProductType,
    ProductVariant,
    Warehouse,
)
from marketplace.embedded.products.bulk_rows import ProductRowProblem
from marketplace.embedded.products.inputs import BulkProductData, BulkVariantData
from marketplace.embedded.products.product_types import (
    attributes_of_products,
    attributes_of_variants,
)
from marketplace.embedded.slugs import unique_slug


@dataclass
class Lookups:
    """Rows by global id, the attributes of each product type by its key, and taken values."""

    types: dict[str, ProductType]
    categories: dict[str, Category]
    channels: dict[str, Channel]
    warehouses: dict[str, Warehouse]
    product_attributes: dict[int, list[Attribute]]
    variant_attributes: dict[int, list[Attribute]]
    taken: set[tuple[str, str]] = field(default_factory=set)

    def claim(self, kind: str, value: str | None, path: str) -> list[ProductRowProblem]:
        """Take a value that must be unique; return the problem when it is taken already."""
        if not value:
            return []
        if (kind, value) in self.taken:
            return [ProductRowProblem(path, "UNIQUE", f"{value} already exists.")]
        self.taken.add((kind, value))
        return []

    def free_slug(self, name: str) -> str:
        """Return a slug made from `name` that neither a product nor an earlier row has."""
        base = unique_slug(Product, name)
        slug, number = base, 2
        while ("slug", slug) in self.taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


def load_lookups(inputs: Sequence[BulkProductData]) -> Lookups:
    """Load what the rows refer to, one query for each kind and two for each product type."""
    variants = [variant for item in inputs for variant in item.get("variants") or []]
    types = _by_global_id(ProductType, (item["product_type"] for item in inputs))
    lookups = Lookups(
        types=types,
        categories=_by_global_id(Category, (item.get("category") for item in inputs)),
        channels={ids.to_global_id("Channel", row.pk): row for row in Channel.objects.all()},
        warehouses=_by_global_id(
            Warehouse, (s["warehouse"] for v in variants for s in v.get("stocks") or [])
        ),
        product_attributes={row.pk: attributes_of_products(row) for row in types.values()},
        variant_attributes={row.pk: attributes_of_variants(row) for row in types.values()},
    )
    lookups.taken = _taken_values(inputs, variants)
    return lookups


def _by_global_id(model: Any, global_ids: Iterable[str | None]) -> dict[str, Any]:
    keys = set(ids.pks([each for each in global_ids if each], model.__name__))
    found = model.objects.in_bulk(keys)
    return {ids.to_global_id(model.__name__, pk): row for pk, row in found.items()}


def _taken_values(
    inputs: Sequence[BulkProductData], variants: Sequence[BulkVariantData]
) -> set[tuple[str, str]]:
    """Return those of the rows' unique values that stored products and variants have."""
    return {
        *_taken("slug", Product, "slug", (each.get("slug") for each in inputs)),
        *_taken(
            "product reference",
            Product,
            "external_reference",
            (each.get("external_reference") for each in inputs),
        ),
        *_taken("sku", ProductVariant, "sku", (each.get("sku") for each in variants)),
        *_taken(
            "variant reference",
            ProductVariant,
            "external_reference",
            (each.get("external_reference") for each in variants),
        ),
    }


def _taken(
    kind: str, model: Any, column: str, values: Iterable[str | None]
) -> set[tuple[str, str]]:
    rows = model.objects.filter(**{f"{column}__in": [value for value in values if value]})
    return {(kind, value) for value in rows.values_list(column, flat=True)}
