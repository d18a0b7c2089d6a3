"""Attributes and their values as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.attribute import CHOICE_TYPES
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    global_id_of,
    list_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
)
from marketplace.embedded.schema.scalars import JSONString

AttributeTypeEnum = string_enum("AttributeTypeEnum", "PRODUCT_TYPE", "PAGE_TYPE")
AttributeInputTypeEnum = string_enum(
    "AttributeInputTypeEnum",
    *("DROPDOWN", "MULTISELECT", "FILE", "REFERENCE", "SINGLE_REFERENCE", "NUMERIC"),
    *("RICH_TEXT", "PLAIN_TEXT", "SWATCH", "BOOLEAN", "DATE", "DATE_TIME"),
)
AttributeEntityTypeEnum = string_enum(
    "AttributeEntityTypeEnum", "PAGE", "PRODUCT", "PRODUCT_VARIANT"
)


class File(graphene.ObjectType):
    """A file at an address."""

    url = graphene.String(required=True)
    content_type = graphene.String()


class AttributeTranslation(TranslationType, ModelType):
    """An attribute's name in a language."""

    class Meta:
        model = models.AttributeTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String(required=True)


class AttributeValueTranslation(TranslationType, ModelType):
    """A value's texts in a language."""

    class Meta:
        model = models.AttributeValueTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String(required=True)
    rich_text = graphene.Field(JSONString)
    plain_text = graphene.String()

    @staticmethod
    def resolve_name(root: models.AttributeValueTranslation, _info: Info) -> str:
        return root.name or ""


class AttributeValue(Translated, ModelType):
    """One value of an attribute."""

    class Meta:
        model = models.AttributeValue
        interfaces = (Node,)

    name = graphene.String()
    slug = graphene.String()
    value = graphene.String()
    translation = translation_field(AttributeValueTranslation)
    input_type = AttributeInputTypeEnum()
    reference = graphene.ID()
    file = graphene.Field(File)
    rich_text = graphene.Field(JSONString)
    plain_text = graphene.String()
    boolean = graphene.Boolean()
    date = graphene.Date()
    date_time = graphene.DateTime()
    external_reference = graphene.String()

    @staticmethod
    def resolve_input_type(root: models.AttributeValue, _info: Info) -> Any:
        return related_one(root, "attribute").input_type

    @staticmethod
    def resolve_reference(root: models.AttributeValue, _info: Info) -> str | None:
        target = referenced_object(root)
        return global_id_of(target) if target else None

    @staticmethod
    def resolve_file(root: models.AttributeValue, _info: Info) -> dict[str, Any] | None:
        return file_of(root)

    @staticmethod
    def resolve_date(root: models.AttributeValue, _info: Info) -> Any:
        is_date = related_one(root, "attribute").input_type == "DATE"
        return root.date_time.date() if is_date and root.date_time else None


def file_of(value: models.AttributeValue) -> dict[str, Any] | None:
    """Return the file of a value, or None."""
    if not value.file_url:
        return None
    return {"url": value.file_url, "content_type": value.content_type}


def referenced_object(value: models.AttributeValue) -> Any:
    """Return the page, product or variant that a value refers to, or None."""
    for name in ("reference_page", "reference_product", "reference_variant"):
        if getattr(value, f"{name}_id"):
            return related_one(value, name)
    return None


class Attribute(Translated, ModelType):
    """A property of products, variants or pages."""

    class Meta:
        model = models.Attribute
        interfaces = (Node, ObjectWithMetadata)

    input_type = AttributeInputTypeEnum()
    entity_type = AttributeEntityTypeEnum()
    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    type = AttributeTypeEnum(required=True)
    choices = connection_field(AttributeValue)
    value_required = graphene.Boolean(required=True)
    visible_in_storefront = graphene.Boolean(required=True)
    filterable_in_storefront = graphene.Boolean(required=True)
    filterable_in_dashboard = graphene.Boolean(required=True)
    available_in_grid = graphene.Boolean(required=True)
    storefront_search_position = graphene.Int(required=True)
    translation = translation_field(AttributeTranslation)
    with_choices = graphene.Boolean(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_choices(root: models.Attribute, info: Info, **page: Any) -> Any:
        rows = root.values.all() if root.input_type in CHOICE_TYPES else root.values.none()
        return paginate(info, rows, [("sort_order", False)], **page)

    @staticmethod
    def resolve_with_choices(root: models.Attribute, _info: Info) -> bool:
        return root.input_type in CHOICE_TYPES


class SelectedAttribute(graphene.ObjectType):
    """An attribute with the values an object has."""

    attribute = graphene.Field(Attribute, required=True)
    values = list_of(AttributeValue, required=True)
