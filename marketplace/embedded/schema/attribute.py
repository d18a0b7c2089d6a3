"""Attributes and their values as the API shows them."""

from dataclasses import dataclass
from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.models.attribute import CHOICE_TYPES, REFERENCE_TYPES
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    global_id_of,
    list_of,
    object_type_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
    translation_of,
)
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSON, JSONString, PositiveInt

AttributeTypeEnum = string_enum("AttributeTypeEnum", "PRODUCT_TYPE", "PAGE_TYPE")
AttributeInputTypeEnum = string_enum(
    "AttributeInputTypeEnum",
    *("DROPDOWN", "MULTISELECT", "FILE", "REFERENCE", "SINGLE_REFERENCE", "NUMERIC"),
    *("RICH_TEXT", "PLAIN_TEXT", "SWATCH", "BOOLEAN", "DATE", "DATE_TIME"),
)
AttributeEntityTypeEnum = string_enum(
    "AttributeEntityTypeEnum", "PAGE", "PRODUCT", "PRODUCT_VARIANT"
)
_page = type_of(models.Page)
_product = type_of(models.Product)
_variant = type_of(models.ProductVariant)


class File(graphene.ObjectType):
    """A file by address."""

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
        target = _target(root)
        return global_id_of(target) if target else None

    @staticmethod
    def resolve_file(root: models.AttributeValue, _info: Info) -> dict[str, Any] | None:
        return _file(root)

    @staticmethod
    def resolve_date(root: models.AttributeValue, _info: Info) -> Any:
        is_date = related_one(root, "attribute").input_type == "DATE"
        return root.date_time.date() if is_date and root.date_time else None


def _file(value: models.AttributeValue) -> dict[str, Any] | None:
    if not value.file_url:
        return None
    return {"url": value.file_url, "content_type": value.content_type}


def _target(value: models.AttributeValue) -> Any:
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


@dataclass(frozen=True)
class Assigned:
    """An attribute of one object with that object's values: root of the Assigned… types."""

    attribute: models.Attribute
    values: list[models.AttributeValue]

    @property
    def first(self) -> models.AttributeValue | None:
        return self.values[0] if self.values else None


class AssignedAttribute(graphene.Interface):
    """An attribute as assigned to one object."""

    attribute = graphene.Field(Attribute, required=True)

    @classmethod
    def resolve_type(cls, root: Assigned, _info: Info) -> Any:
        kind, entity = root.attribute.input_type, root.attribute.entity_type
        return _ASSIGNED[f"{kind}:{entity}" if kind in REFERENCE_TYPES else kind]


class AssignedChoiceAttributeValue(graphene.ObjectType):
    """A chosen value."""

    name = graphene.String()
    slug = graphene.String()
    translation = graphene.String(language_code=LanguageCodeEnum(required=True))

    @staticmethod
    def resolve_translation(
        root: models.AttributeValue, _info: Info, language_code: str
    ) -> str | None:
        found = translation_of(root, language_code)
        return found.name if found else None


_ASSIGNED: dict[str, Any] = {}


def _assigned(name: str, kind: str, value: Any, **more: Any) -> Any:
    meta = type("Meta", (), {"interfaces": (AssignedAttribute,)})
    body = {"__doc__": "An assigned attribute.", "Meta": meta, "value": value, **more}
    _ASSIGNED[kind] = type(name, (graphene.ObjectType,), body)
    return _ASSIGNED[kind]


def _single(read: Any) -> Any:
    def resolve_value(root: Assigned, _info: Info) -> Any:
        return read(root.first) if root.first else None

    return staticmethod(resolve_value)


def _several(read: Any) -> Any:
    def resolve_value(root: Assigned, _info: Info, limit: int = 100) -> Any:
        return [read(value) for value in root.values[:limit]]

    return staticmethod(resolve_value)


def _text_translation(field: str) -> Any:
    def resolve_translation(root: Assigned, _info: Info, language_code: str) -> Any:
        found = translation_of(root.first, language_code) if root.first else None
        return getattr(found, field) if found else None

    return staticmethod(resolve_translation)


def _list_field(inner: Any) -> Any:
    return graphene.Field(
        list_of(inner), required=True, limit=graphene.Argument(PositiveInt, default_value=100)
    )


_language = {"language_code": LanguageCodeEnum(required=True)}
_assigned(
    "AssignedPlainTextAttribute",
    "PLAIN_TEXT",
    graphene.String(),
    resolve_value=_single(lambda value: value.plain_text),
    translation=graphene.String(**_language),
    resolve_translation=_text_translation("plain_text"),
)
_assigned(
    "AssignedTextAttribute",
    "RICH_TEXT",
    graphene.Field(JSON),
    resolve_value=_single(lambda value: value.rich_text),
    translation=graphene.Field(JSON, **_language),
    resolve_translation=_text_translation("rich_text"),
)
_assigned(
    "AssignedBooleanAttribute",
    "BOOLEAN",
    graphene.Boolean(),
    resolve_value=_single(lambda value: value.boolean),
)
_assigned(
    "AssignedNumericAttribute",
    "NUMERIC",
    graphene.Float(),
    resolve_value=_single(lambda value: value.numeric),
)
_assigned(
    "AssignedDateAttribute",
    "DATE",
    graphene.Date(),
    resolve_value=_single(lambda value: value.date_time.date() if value.date_time else None),
)
_assigned(
    "AssignedDateTimeAttribute",
    "DATE_TIME",
    graphene.DateTime(),
    resolve_value=_single(lambda value: value.date_time),
)
_assigned("AssignedFileAttribute", "FILE", graphene.Field(File), resolve_value=_single(_file))
_assigned(
    "AssignedSingleChoiceAttribute",
    "DROPDOWN",
    graphene.Field(AssignedChoiceAttributeValue),
    resolve_value=_single(lambda value: value),
)
_assigned(
    "AssignedMultiChoiceAttribute",
    "MULTISELECT",
    _list_field(AssignedChoiceAttributeValue),
    resolve_value=_several(lambda value: value),
)
_assigned(
    "AssignedSwatchAttribute",
    "SWATCH",
    graphene.Field(
        type(
            "AssignedSwatchAttributeValue",
            (graphene.ObjectType,),
            {
                "__doc__": "A chosen colour.",
                "name": graphene.String(),
                "slug": graphene.String(),
                "hex_color": graphene.String(),
                "resolve_hex_color": staticmethod(lambda root, _info: root.value),
            },
        )
    ),
    resolve_value=_single(lambda value: value),
)
for _name, _kind, _type in (
    ("Page", "PAGE", _page),
    ("Product", "PRODUCT", _product),
    ("ProductVariant", "PRODUCT_VARIANT", _variant),
):
    _assigned(
        f"AssignedSingle{_name}ReferenceAttribute",
        f"SINGLE_REFERENCE:{_kind}",
        graphene.Field(_type),
        resolve_value=_single(_target),
    )
    _assigned(
        f"AssignedMulti{_name}ReferenceAttribute",
        f"REFERENCE:{_kind}",
        _list_field(_type),
        resolve_value=_several(_target),
    )
ASSIGNED_TYPES = _ASSIGNED.values()


class ObjectWithAttributes(graphene.Interface):
    """An object that carries attribute values."""

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
    """Mixin of the object types with attributes; `assigned` says where they come from."""

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


def attributes_by_ids(global_ids: list[str] | None) -> list[models.Attribute]:
    """Return attributes in the order of their global ids; unknown ones raise NOT_FOUND."""
    rows = models.Attribute.objects.all()
    return [ids.fetch(rows, each, "Attribute", field="attributes") for each in global_ids or []]
