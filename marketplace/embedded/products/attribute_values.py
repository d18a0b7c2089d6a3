"""The attribute values that an AttributeValueInput describes, created where there are none.

Choices, references and booleans are shared by all owners; texts, numbers, dates and files belong
to one owner each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict

from django.utils.text import slugify

from marketplace.embedded import ids
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.models import Attribute, AttributeValue, Page, Product, ProductVariant
from marketplace.embedded.models.attribute import CHOICE_TYPES, REFERENCE_TYPES, SINGLE_TYPES

SHARED_TYPES = CHOICE_TYPES | REFERENCE_TYPES | {"BOOLEAN"}
_REFERENCED: dict[str, tuple[type, str, str]] = {
    "PAGE": (Page, "Page", "reference_page"),
    "PRODUCT": (Product, "Product", "reference_product"),
    "PRODUCT_VARIANT": (ProductVariant, "ProductVariant", "reference_variant"),
}
# Fields of an AttributeValueData that say nothing about the value itself.
_IDENTIFIERS = frozenset({"id", "external_reference", "content_type"})


class ChoiceData(TypedDict, total=False):
    """A choice of an attribute: an existing one, or by its text."""

    id: str | None
    external_reference: str | None
    value: str | None


class AttributeValueData(TypedDict, total=False):
    """The values that an object has of one attribute."""

    id: str | None
    external_reference: str | None
    values: list[str] | None
    dropdown: ChoiceData | None
    swatch: ChoiceData | None
    multiselect: list[ChoiceData] | None
    numeric: str | None
    file: str | None
    content_type: str | None
    reference: str | None
    references: list[str] | None
    rich_text: Any
    plain_text: str | None
    boolean: bool | None
    date: date | None
    date_time: datetime | None


@dataclass
class ValueBatch:
    """Values of many new owners: shared ones are looked up once, own ones inserted together."""

    shared: dict[tuple[int, str], list[AttributeValue]] = field(default_factory=dict)
    own: list[AttributeValue] = field(default_factory=list)

    def save(self) -> None:
        """Insert the values that belong to one owner each."""
        AttributeValue.objects.bulk_create(self.own)
        self.own = []


def is_empty(item: AttributeValueData) -> bool:
    """Tell whether an input gives no value."""
    values = [value for name, value in item.items() if name not in _IDENTIFIERS]
    return all(value in (None, [], "") for value in values)


def values_for(
    owner_slug: str, attribute: Attribute, item: AttributeValueData, batch: ValueBatch | None = None
) -> list[AttributeValue]:
    """Return the values that an input gives for one attribute; those in ``batch.own`` are unsaved.

    `owner_slug` names the owner in the slugs of its own values.
    """
    if is_empty(item):
        return []
    if attribute.input_type not in SHARED_TYPES:
        return [_own_value(owner_slug, attribute, item, batch)]
    if batch is None:
        return _shared_values(attribute, item)
    key = (attribute.pk, repr(sorted(item.items())))
    if key not in batch.shared:
        batch.shared[key] = _shared_values(attribute, item)
    return batch.shared[key]


def _refused(attribute: Attribute, message: str) -> CommandError:
    named = [ids.to_global_id("Attribute", attribute.pk)]
    return refuse("INVALID", message, field="attributes", attributes=named)


def _shared_values(attribute: Attribute, item: AttributeValueData) -> list[AttributeValue]:
    if attribute.input_type in CHOICE_TYPES:
        return [_choice(attribute, each) for each in _choices_in(attribute, item)]
    if attribute.input_type in REFERENCE_TYPES:
        return _references(attribute, item)
    return [_boolean(attribute, value=bool(item["boolean"]))]


def _choices_in(attribute: Attribute, item: AttributeValueData) -> Sequence[ChoiceData]:
    chosen = list(item.get("multiselect") or [])
    chosen += [each for each in (item.get("dropdown"), item.get("swatch")) if each]
    chosen += [{"value": value} for value in item.get("values") or []]
    if attribute.input_type in SINGLE_TYPES and len(chosen) > 1:
        raise _refused(attribute, "Attribute must take only one value.")
    return chosen


def _choice(attribute: Attribute, chosen: ChoiceData) -> AttributeValue:
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


def _references(attribute: Attribute, item: AttributeValueData) -> list[AttributeValue]:
    wanted = list(item.get("references") or [])
    if reference := item.get("reference"):
        wanted.append(reference)
    if attribute.input_type in SINGLE_TYPES and len(wanted) > 1:
        raise _refused(attribute, "Attribute must take one reference.")
    model, type_name, column = _REFERENCED[attribute.entity_type or "PAGE"]
    values = []
    for global_id in wanted:
        rows: Any = model._default_manager  # type: ignore[attr-defined]  # noqa: SLF001
        target = ids.fetch(rows.all(), global_id, type_name, field="attributes")
        value, _ = AttributeValue.objects.get_or_create(
            attribute=attribute,
            slug=f"{type_name.lower()}-{target.pk}",
            defaults={"name": str(getattr(target, "title", None) or target.name), column: target},
        )
        values.append(value)
    return values


def _boolean(attribute: Attribute, *, value: bool) -> AttributeValue:
    row, _ = AttributeValue.objects.get_or_create(
        attribute=attribute,
        slug=f"{attribute.pk}_{str(value).lower()}",
        defaults={"name": f"{attribute.name}: {'Yes' if value else 'No'}", "boolean": value},
    )
    return row


def _own_value(
    owner_slug: str, attribute: Attribute, item: AttributeValueData, batch: ValueBatch | None
) -> AttributeValue:
    fields = _own_fields(attribute, item)
    slug = f"{owner_slug}_{attribute.pk}"
    if batch is not None:
        batch.own.append(AttributeValue(attribute=attribute, slug=slug, **fields))
        return batch.own[-1]
    value, _ = AttributeValue.objects.update_or_create(
        attribute=attribute, slug=slug, defaults=fields
    )
    return value


def _own_fields(attribute: Attribute, item: AttributeValueData) -> dict[str, Any]:
    """Return the columns of a value that belongs to one owner: its name and its content."""
    first = next((str(value) for value in item.get("values") or []), None)
    match attribute.input_type:
        case "PLAIN_TEXT":
            text = item.get("plain_text") or first
            return {"name": str(text)[:200], "plain_text": text}
        case "RICH_TEXT":
            return {"name": "", "rich_text": item.get("rich_text")}
        case "NUMERIC":
            text = str(item.get("numeric") or first)
            return {"name": text, "numeric": _number(attribute, text)}
        case "FILE":
            url = item.get("file")
            name = str(url or "").rsplit("/", 1)[-1]
            return {"name": name, "file_url": url, "content_type": item.get("content_type")}
        case _:
            moment = item.get("date_time") or item.get("date")
            return {"name": str(moment), "date_time": moment}


def _number(attribute: Attribute, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise _refused(attribute, "Numeric value is required.") from error
