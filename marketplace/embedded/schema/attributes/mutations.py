"""Mutations of attributes."""

from typing import Any

import graphene

from marketplace.embedded import attributes, ids, models
from marketplace.embedded.attributes import PAGE_PERMISSION, PRODUCT_PERMISSION, ChoiceCreateData
from marketplace.embedded.schema.attributes.attribute import Attribute, AttributeValue
from marketplace.embedded.schema.attributes.inputs import (
    AttributeCreateInput,
    AttributeUpdateInput,
    AttributeValueCreateInput,
)
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type

AttributeError = error_type(  # noqa: A001 -- Saleor's name
    "AttributeError", "ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE"
)


class AttributeMutation(EngineMutation):
    """Base of the mutations that answer with an attribute."""

    class Meta:
        abstract = True

    error_type = AttributeError
    attribute = graphene.Field(Attribute)


class AttributeCreate(AttributeMutation):
    """Create an attribute with its choices."""

    class Arguments:
        input = AttributeCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        attributes.require_permission(context_of(info), input["type"])
        return cls(attribute=attributes.create_attribute(input))


class AttributeUpdate(AttributeMutation):
    """Change an attribute."""

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = AttributeUpdateInput(required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        id: str | None = None,
        external_reference: str | None = None,
    ) -> Any:
        attribute = attributes.find_attribute(id, external_reference)
        attributes.require_permission(context_of(info), attribute.type)
        attributes.update_attribute(attribute, input)
        return cls(attribute=attribute)


class AttributeValueCreate(AttributeMutation):
    """Add a choice to an attribute."""

    class Arguments:
        attribute = graphene.ID(required=True)
        input = AttributeValueCreateInput(required=True)

    permissions = (PRODUCT_PERMISSION, PAGE_PERMISSION, "MANAGE_PRODUCTS")
    attribute_value = graphene.Field(AttributeValue)

    @classmethod
    def perform(cls, info: Info, attribute: str, input: ChoiceCreateData) -> Any:
        row = ids.fetch(models.Attribute.objects.all(), attribute, "Attribute", field="attribute")
        return cls(attribute=row, attribute_value=attributes.add_choice(row, input))


class AttributeMutations:
    """Mutations of attributes."""

    attribute_create = AttributeCreate.Field()
    attribute_update = AttributeUpdate.Field()
    attribute_value_create = AttributeValueCreate.Field()
