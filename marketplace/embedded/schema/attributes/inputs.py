"""Inputs of attributes and of the values that objects have of them."""

import graphene

from marketplace.embedded.schema.attributes.attribute import (
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
)
from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.scalars import JSONString


class AttributeValueSelectableTypeInput(graphene.InputObjectType):
    """A choice: an existing one, or by its text."""

    id = graphene.ID()
    external_reference = graphene.String()
    value = graphene.String()


class _ValueInput(graphene.InputObjectType):
    class Meta:
        abstract = True

    id = graphene.ID()
    external_reference = graphene.String()
    values = list_of(graphene.String)
    dropdown = graphene.InputField(AttributeValueSelectableTypeInput)
    swatch = graphene.InputField(AttributeValueSelectableTypeInput)
    multiselect = list_of(AttributeValueSelectableTypeInput)
    numeric = graphene.String()
    file = graphene.String()
    content_type = graphene.String()
    reference = graphene.ID()
    references = list_of(graphene.ID)
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()
    boolean = graphene.Boolean()
    date = graphene.Date()
    date_time = graphene.DateTime()


class AttributeValueInput(_ValueInput):
    """An object's values of one attribute."""


class BulkAttributeValueInput(_ValueInput):
    """An object's values of one attribute, in bulk."""


class AttributeValueCreateInput(graphene.InputObjectType):
    """A choice."""

    value = graphene.String()
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()
    external_reference = graphene.String()
    name = graphene.String(required=True)


class AttributeCreateInput(graphene.InputObjectType):
    """A new attribute."""

    input_type = AttributeInputTypeEnum()
    entity_type = AttributeEntityTypeEnum()
    name = graphene.String(required=True)
    slug = graphene.String()
    type = AttributeTypeEnum(required=True)
    values = list_of(AttributeValueCreateInput)
    value_required = graphene.Boolean()
    is_variant_only = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    filterable_in_storefront = graphene.Boolean()
    filterable_in_dashboard = graphene.Boolean()
    storefront_search_position = graphene.Int()
    available_in_grid = graphene.Boolean()
    external_reference = graphene.String()


class AttributeUpdateInput(graphene.InputObjectType):
    """Changes of an attribute."""

    name = graphene.String()
    value_required = graphene.Boolean()
    visible_in_storefront = graphene.Boolean()
    external_reference = graphene.String()
