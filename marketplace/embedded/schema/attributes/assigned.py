"""Attributes as assigned to an object, one GraphQL type for each kind of value."""

from dataclasses import dataclass
from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.attribute import REFERENCE_TYPES
from marketplace.embedded.schema.attributes.attribute import (
    Attribute,
    File,
    file_of,
    referenced_object,
)
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.languages import translation_of
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSON, PositiveInt


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

_assigned("AssignedFileAttribute", "FILE", graphene.Field(File), resolve_value=_single(file_of))

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
    ("Page", "PAGE", type_of(models.Page)),
    ("Product", "PRODUCT", type_of(models.Product)),
    ("ProductVariant", "PRODUCT_VARIANT", type_of(models.ProductVariant)),
):
    _assigned(
        f"AssignedSingle{_name}ReferenceAttribute",
        f"SINGLE_REFERENCE:{_kind}",
        graphene.Field(_type),
        resolve_value=_single(referenced_object),
    )
    _assigned(
        f"AssignedMulti{_name}ReferenceAttribute",
        f"REFERENCE:{_kind}",
        _list_field(_type),
        resolve_value=_several(referenced_object),
    )


ASSIGNED_TYPES = _ASSIGNED.values()
