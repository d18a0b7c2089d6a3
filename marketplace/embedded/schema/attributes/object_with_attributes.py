"""The attributes of an object, on products, variants and pages."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.attributes.assigned import Assigned, AssignedAttribute
from marketplace.embedded.schema.base import Info, list_of, object_type_of
from marketplace.embedded.schema.scalars import PositiveInt


class ObjectWithAttributes(graphene.Interface):
    """An object with attribute values."""

    assigned_attribute = graphene.Field(AssignedAttribute, slug=graphene.String(required=True))
    assigned_attributes = graphene.Field(
        list_of(AssignedAttribute),
        required=True,
        limit=graphene.Argument(PositiveInt, default_value=100),
    )

    @classmethod
    def resolve_type(cls, instance: Any, _info: Info) -> Any:
        return object_type_of(instance)


def assigned_to(row: Any, type_row: Any, links: str) -> list[Assigned]:
    """Return every attribute of the row's type (relation `links`) with the row's values."""
    attributes = [related_one(link, "attribute") for link in related_many(type_row, links)]
    values: dict[int, list[models.AttributeValue]] = {}
    for link in related_many(row, "assigned_values"):
        value = related_one(link, "value")
        values.setdefault(value.attribute_id, []).append(value)
    return [Assigned(attribute, values.get(attribute.pk, [])) for attribute in attributes]


class AttributeFields:
    """Mixin of the object types with attributes."""

    @staticmethod
    def assigned(root: Any) -> list[Assigned]:
        """Return the root's attributes in order."""
        if isinstance(root, models.Page):
            return assigned_to(root, related_one(root, "page_type"), "attribute_links")
        product = root if isinstance(root, models.Product) else related_one(root, "product")
        links = "attribute_links" if product is root else "variant_attribute_links"
        return assigned_to(root, related_one(product, "product_type"), links)

    @staticmethod
    def resolve_assigned_attribute(root: Any, _info: Info, slug: str) -> Assigned | None:
        found = AttributeFields.assigned(root)
        return next((each for each in found if each.attribute.slug == slug), None)

    @staticmethod
    def resolve_assigned_attributes(root: Any, _info: Info, limit: int = 100) -> list[Assigned]:
        return AttributeFields.assigned(root)[:limit]

    @staticmethod
    def resolve_attribute(root: Any, _info: Info, slug: str) -> Assigned | None:
        return AttributeFields.resolve_assigned_attribute(root, _info, slug)

    @staticmethod
    def resolve_attributes(root: Any, _info: Info, **_arguments: Any) -> list[Assigned]:
        return AttributeFields.assigned(root)
