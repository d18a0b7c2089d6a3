"""Setting up attributes and their choices."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from marketplace.embedded import ids
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Attribute, AttributeValue
from marketplace.embedded.models.attribute import REFERENCE_TYPES
from marketplace.embedded.slugs import ensure_unique_slug, unique_slug

PRODUCT_PERMISSION = "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"
PAGE_PERMISSION = "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"


class ChoiceCreateData(TypedDict):
    """A new choice of an attribute; `value` is a swatch's colour."""

    name: str
    value: NotRequired[str | None]
    external_reference: NotRequired[str | None]


def require_permission(context: RequestContext, attribute_type: str) -> None:
    """Raise PermissionDenied unless the caller manages attributes of products, or of pages."""
    context.require(PAGE_PERMISSION if attribute_type == "PAGE_TYPE" else PRODUCT_PERMISSION)


def attributes_of_type(
    global_ids: list[str] | None, attribute_type: str, *, message: str, field: str
) -> list[Attribute]:
    """Return attributes in the order of their global ids.

    Refuses NOT_FOUND for an unknown one, INVALID with `message` on `field` for those which are
    not of `attribute_type` (PRODUCT_TYPE or PAGE_TYPE).
    """
    rows = Attribute.objects.all()
    found = [ids.fetch(rows, each, "Attribute", field="attributes") for each in global_ids or []]
    wrong = [each for each in found if each.type != attribute_type]
    if wrong:
        named = [ids.to_global_id("Attribute", each.pk) for each in wrong]
        raise refuse("INVALID", message, field=field, attributes=named)
    return found


def create_attribute(data: Mapping[str, Any]) -> Attribute:
    """Create an attribute from an AttributeCreateInput, with its choices.

    Refuses REQUIRED for a reference without the type of what it refers to, and UNIQUE.
    """
    given = {name: value for name, value in data.items() if value is not None}
    choices = given.pop("values", [])
    attribute = Attribute(**given)
    if attribute.input_type in REFERENCE_TYPES and not attribute.entity_type:
        raise refuse("REQUIRED", "Entity type is required for references.", field="entityType")
    ensure_unique_slug(attribute, attribute.name, kind="Attribute")
    attribute.save()
    for choice in choices:
        add_choice(attribute, choice)
    return attribute


def find_attribute(global_id: str | None, external_reference: str | None) -> Attribute:
    """Return an attribute by its id or its external reference; refuses NOT_FOUND."""
    rows = Attribute.objects.all()
    if global_id is not None:
        return ids.fetch(rows, global_id, "Attribute", field="id")
    found = rows.filter(external_reference=external_reference or "").first()
    if found is None:
        raise refuse("NOT_FOUND", "No such attribute.", field="externalReference")
    return found


def update_attribute(attribute: Attribute, data: Mapping[str, Any]) -> None:
    """Change what is given of an attribute and not null."""
    given = {name: value for name, value in data.items() if value is not None}
    for name, value in given.items():
        setattr(attribute, name, value)
    attribute.save(update_fields=list(given))


def add_choice(attribute: Attribute, data: ChoiceCreateData) -> AttributeValue:
    """Add a choice to an attribute."""
    return AttributeValue.objects.create(
        attribute=attribute,
        name=data["name"],
        slug=unique_slug(AttributeValue, data["name"], attribute=attribute),
        value=data.get("value") or "",
        external_reference=data.get("external_reference"),
    )
