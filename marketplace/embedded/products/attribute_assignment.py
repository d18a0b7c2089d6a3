"""Assigning attribute values to products, variants and pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import (
    AssignedPageValue,
    AssignedProductValue,
    AssignedVariantValue,
    Attribute,
    Page,
    Product,
    ProductVariant,
)
from marketplace.embedded.products.attribute_values import (
    AttributeValueData,
    ValueBatch,
    is_empty,
    values_for,
)

Owner = Product | ProductVariant | Page
Pairs = list[tuple[Attribute, AttributeValueData]]
_LINKS: dict[type, tuple[type, str]] = {
    Product: (AssignedProductValue, "product"),
    ProductVariant: (AssignedVariantValue, "variant"),
    Page: (AssignedPageValue, "page"),
}


def match_attributes(
    attributes: Iterable[Attribute], inputs: Sequence[AttributeValueData] | None, *, complete: bool
) -> Pairs:
    """Pair AttributeValueInputs with the attributes of the owner's type.

    Refuses INVALID for an attribute that the type does not have, DUPLICATED_INPUT_ITEM for one
    given twice, and REQUIRED for a required one without a value; with `complete` also when it is
    left out.
    """
    by_id = {ids.to_global_id("Attribute", each.pk): each for each in attributes}
    by_reference = {each.external_reference: each for each in by_id.values()}
    pairs: Pairs = []
    for item in inputs or []:
        found = by_id.get(item.get("id") or "")
        found = found or by_reference.get(item.get("external_reference") or "-")
        if found is None:
            message = "The given attribute is not assigned to the type."
            raise refuse("INVALID", message, field="attributes", attributes=[item.get("id")])
        pairs.append((found, item))
    given = [attribute.pk for attribute, _ in pairs]
    if len(set(given)) < len(given):
        message = "Attribute is given more than once."
        raise refuse("DUPLICATED_INPUT_ITEM", message, field="attributes")
    _check_required(by_id.values() if complete else [each for each, _ in pairs], pairs)
    return pairs


def _check_required(wanted: Iterable[Attribute], pairs: Pairs) -> None:
    filled = {attribute.pk for attribute, item in pairs if not is_empty(item)}
    missing = [each for each in wanted if each.value_required and each.pk not in filled]
    if missing:
        named = [ids.to_global_id("Attribute", each.pk) for each in missing]
        message = "Attribute expects a value but none were given."
        raise refuse("REQUIRED", message, field="attributes", attributes=named)


def assign_values(owner: Owner, pairs: Pairs) -> None:
    """Replace the values of the given attributes on `owner`."""
    link, name = _LINKS[type(owner)]
    rows: Any = link._default_manager  # type: ignore[attr-defined]  # noqa: SLF001
    attributes = [attribute.pk for attribute, _ in pairs]
    rows.filter(**{name: owner}, value__attribute_id__in=attributes).delete()
    rows.bulk_create(links_for(owner, pairs))


def links_for(owner: Owner, pairs: Pairs, batch: ValueBatch | None = None) -> list[Any]:
    """Return unsaved links from `owner` to the values of `pairs`.

    The values are saved, except those in ``batch.own`` when a batch is given.
    """
    link, name = _LINKS[type(owner)]
    return [
        link(**{name: owner}, value=value, sort_order=position)
        for attribute, item in pairs
        for position, value in enumerate(values_for(f"{name}-{owner.pk}", attribute, item, batch))
    ]
