"""Giving attribute values to products, variants and pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import (
    AssignedPageValue,
    AssignedProductValue,
    AssignedVariantValue,
    Attribute,
    AttributeValue,
    Page,
    Product,
    ProductVariant,
)
from marketplace.embedded.models.attribute import CHOICE_TYPES, REFERENCE_TYPES, SINGLE_TYPES

Owner = Product | ProductVariant | Page
_LINKS: dict[type, tuple[type, str]] = {
    Product: (AssignedProductValue, "product"),
    ProductVariant: (AssignedVariantValue, "variant"),
    Page: (AssignedPageValue, "page"),
}
_REFERENCED: dict[str, tuple[type, str, str]] = {
    "PAGE": (Page, "Page", "reference_page"),
    "PRODUCT": (Product, "Product", "reference_product"),
    "PRODUCT_VARIANT": (ProductVariant, "ProductVariant", "reference_variant"),
}
Pairs = list[tuple[Attribute, dict[str, Any]]]


def match(
    attributes: Iterable[Attribute], inputs: Sequence[dict[str, Any]] | None, *, complete: bool
) -> Pairs:
    """Pair AttributeValueInputs with the attributes the owner's type has.

    With `complete` a required attribute without value is refused (REQUIRED), too. Raises
    CommandError INVALID for an attribute the type does not have, DUPLICATED_INPUT_ITEM for one
    given twice.
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
    filled = {attribute.pk for attribute, item in pairs if not _is_empty(item)}
    wanted = by_id.values() if complete else [attribute for attribute, _ in pairs]
    missing = [each for each in wanted if each.value_required and each.pk not in filled]
    if missing:
        named = [ids.to_global_id("Attribute", each.pk) for each in missing]
        message = "Attribute expects a value but none were given."
        raise refuse("REQUIRED", message, field="attributes", attributes=named)
    return pairs


_NAMES = frozenset({"id", "external_reference", "content_type"})


def _is_empty(item: dict[str, Any]) -> bool:
    values = [value for name, value in item.items() if name not in _NAMES]
    return all(value in (None, [], "") for value in values)


@dataclass
class Batch:
    """Values found or made for many new owners at once; `own` is saved by `save`."""

    shared: dict[tuple[int, str], list[AttributeValue]] = field(default_factory=dict)
    own: list[AttributeValue] = field(default_factory=list)

    def save(self) -> None:
        """Insert the values that belong to one owner each."""
        AttributeValue.objects.bulk_create(self.own)
        self.own = []


def assign(owner: Owner, pairs: Pairs) -> None:
    """Replace the values of the given attributes on `owner`."""
    link, name = _LINKS[type(owner)]
    rows: Any = link._default_manager  # type: ignore[attr-defined]  # noqa: SLF001
    attributes = [attribute.pk for attribute, _ in pairs]
    rows.filter(**{name: owner}, value__attribute_id__in=attributes).delete()
    rows.bulk_create(links_for(owner, pairs))


def links_for(owner: Owner, pairs: Pairs, batch: Batch | None = None) -> list[Any]:
    """Return unsaved links from `owner` to the values of `pairs`.

    The values are saved, except those in ``batch.own`` when a batch is given.
    """
    link, name = _LINKS[type(owner)]
    return [
        link(**{name: owner}, value=value, sort_order=position)
        for attribute, item in pairs
        for position, value in enumerate(values_for(owner, attribute, item, batch))
    ]


def values_for(
    owner: Owner, attribute: Attribute, item: dict[str, Any], batch: Batch | None = None
) -> list[AttributeValue]:
    """Return the values that one AttributeValueInput means for one attribute."""
    if _is_empty(item):
        return []
    if attribute.input_type not in CHOICE_TYPES | REFERENCE_TYPES | {"BOOLEAN"}:
        return [_own(owner, attribute, item, batch)]
    if batch is None:
        return _shared(attribute, item)
    key = (attribute.pk, repr(sorted(item.items())))
    if key not in batch.shared:
        batch.shared[key] = _shared(attribute, item)
    return batch.shared[key]


def _shared(attribute: Attribute, item: dict[str, Any]) -> list[AttributeValue]:
    """Return values that several owners may carry."""
    if attribute.input_type in CHOICE_TYPES:
        return [_choice(attribute, each) for each in _choices_in(attribute, item)]
    if attribute.input_type in REFERENCE_TYPES:
        return _references(attribute, item)
    return [_boolean(attribute, bool(item["boolean"]))]


def _choices_in(attribute: Attribute, item: dict[str, Any]) -> list[dict[str, Any]]:
    chosen: list[dict[str, Any]] = list(item.get("multiselect") or [])
    chosen += [item[name] for name in ("dropdown", "swatch") if item.get(name)]
    chosen += [{"value": value} for value in item.get("values") or []]
    if attribute.input_type in SINGLE_TYPES and len(chosen) > 1:
        named = [ids.to_global_id("Attribute", attribute.pk)]
        message = "Attribute must take only one value."
        raise refuse("INVALID", message, field="attributes", attributes=named)
    return chosen


def _choice(attribute: Attribute, chosen: dict[str, Any]) -> AttributeValue:
    rows = AttributeValue.objects.filter(attribute=attribute)
    if chosen.get("id"):
        return ids.fetch(rows, chosen["id"], "AttributeValue", field="attributes")
    if chosen.get("external_reference"):
        found = rows.filter(external_reference=chosen["external_reference"]).first()
        if found:
            return found
    text = str(chosen.get("value") or "")
    slug = slugify(text, allow_unicode=True) or text
    found = rows.filter(name=text).first() or rows.filter(slug=slug).first()
    return found or AttributeValue.objects.create(attribute=attribute, name=text, slug=slug)


def _references(attribute: Attribute, item: dict[str, Any]) -> list[AttributeValue]:
    wanted = list(item.get("references") or [])
    if item.get("reference"):
        wanted.append(item["reference"])
    if attribute.input_type in SINGLE_TYPES and len(wanted) > 1:
        named = [ids.to_global_id("Attribute", attribute.pk)]
        raise refuse(
            "INVALID", "Attribute must take one reference.", field="attributes", attributes=named
        )
    model, type_name, field = _REFERENCED[attribute.entity_type or "PAGE"]
    values = []
    for global_id in wanted:
        rows: Any = model._default_manager  # type: ignore[attr-defined]  # noqa: SLF001
        target = ids.fetch(rows.all(), global_id, type_name, field="attributes")
        value, _ = AttributeValue.objects.get_or_create(
            attribute=attribute,
            slug=f"{type_name.lower()}-{target.pk}",
            defaults={"name": str(getattr(target, "title", None) or target.name), field: target},
        )
        values.append(value)
    return values


def _boolean(attribute: Attribute, answer: bool) -> AttributeValue:  # noqa: FBT001
    value, _ = AttributeValue.objects.get_or_create(
        attribute=attribute,
        slug=f"{attribute.pk}_{str(answer).lower()}",
        defaults={"name": f"{attribute.name}: {'Yes' if answer else 'No'}", "boolean": answer},
    )
    return value


def _own(
    owner: Owner, attribute: Attribute, item: dict[str, Any], batch: Batch | None
) -> AttributeValue:
    """Return the value that belongs to this owner alone (texts, numbers, dates, files)."""
    fields: dict[str, Any] = {}
    text = next((str(value) for value in item.get("values") or []), None)
    match attribute.input_type:
        case "PLAIN_TEXT":
            fields["plain_text"] = item.get("plain_text") or text
            name = str(fields["plain_text"])[:200]
        case "RICH_TEXT":
            fields["rich_text"] = item.get("rich_text")
            name = ""
        case "NUMERIC":
            name = str(item.get("numeric") or text)
            fields["numeric"] = _number(attribute, name)
        case "FILE":
            fields.update(file_url=item.get("file"), content_type=item.get("content_type"))
            name = str(item.get("file") or "").rsplit("/", 1)[-1]
        case _:
            fields["date_time"] = item.get("date_time") or item.get("date")
            name = str(fields["date_time"])
    slug = f"{_LINKS[type(owner)][1]}-{owner.pk}_{attribute.pk}"
    fields["name"] = name
    if batch is not None:
        batch.own.append(AttributeValue(attribute=attribute, slug=slug, **fields))
        return batch.own[-1]
    value, _ = AttributeValue.objects.update_or_create(
        attribute=attribute, slug=slug, defaults=fields
    )
    return value


def _number(attribute: Attribute, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        named = [ids.to_global_id("Attribute", attribute.pk)]
        message = "Numeric value is required."
        raise refuse("INVALID", message, field="attributes", attributes=named) from error
