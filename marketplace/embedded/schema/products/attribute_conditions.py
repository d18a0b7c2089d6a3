"""Filtering products by their attribute values and those of their variants."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from marketplace.embedded import ids, models
from marketplace.embedded.schema.filters import by_range, by_text


def _contains(path: str, value: dict[str, Any] | None) -> list[Q]:
    """Return conditions that must each hold for some assigned value."""
    if not value:
        return []
    conditions = [Q(**{path: each}) for each in value.get("contains_all") or []]
    if value.get("contains_any"):
        conditions.append(Q(**{f"{path}__in": value["contains_any"]}))
    return conditions


_REFERENCES = (
    ("page_slugs", "value__reference_page__slug"),
    ("product_slugs", "value__reference_product__slug"),
    ("product_variant_skus", "value__reference_variant__sku"),
)
_REFERENCED_TYPES = {
    "Page": "value__reference_page",
    "Product": "value__reference_product",
    "ProductVariant": "value__reference_variant",
}


def _referenced(global_id: str) -> Q:
    decoded = ids.from_global_id(global_id)
    path = _REFERENCED_TYPES.get(decoded.type_name) if decoded else None
    return Q(**{path: decoded.pk}) if decoded and path else Q(pk__in=[])


def _attribute_conditions(item: dict[str, Any]) -> list[Q]:
    """Return conditions on assigned values, each of which some value must meet."""
    conditions = []
    if item.get("values"):
        conditions.append(Q(value__slug__in=item["values"]))
    value = item.get("value") or {}
    answer = item.get("boolean") if item.get("boolean") is not None else value.get("boolean")
    if answer is not None:
        conditions.append(Q(value__boolean=answer))
    plain = [name for name in ("slug", "name", "numeric") if value.get(name)]
    conditions += [by_text(f"value__{name}", value[name]) for name in plain]
    if value.get("date_time"):
        conditions.append(by_range("value__date_time", value["date_time"]))
    reference = value.get("reference") or {}
    for name, path in _REFERENCES:
        conditions += _contains(path, reference.get(name))
    named = reference.get("referenced_ids") or {}
    conditions += [_referenced(each) for each in named.get("contains_all") or []]
    if named.get("contains_any"):
        either = Q(pk__in=[])
        for each in named["contains_any"]:
            either |= _referenced(each)
        conditions.append(either)
    return conditions


def by_attributes(value: Any, _channel: models.Channel | None) -> Q:
    """Translate a list of AttributeInput, each of which the product or a variant must meet."""
    found = Q()
    for item in value:
        of_attribute = Q(value__attribute__slug=item["slug"]) if item.get("slug") else Q()
        for condition in _attribute_conditions(item) or [Q()]:
            on_product = models.AssignedProductValue.objects.filter(
                of_attribute, condition, product=OuterRef("pk")
            )
            on_variant = models.AssignedVariantValue.objects.filter(
                of_attribute, condition, variant__product=OuterRef("pk")
            )
            found &= Q(Exists(on_product)) | Q(Exists(on_variant))
    return found
