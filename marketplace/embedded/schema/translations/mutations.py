"""Mutations of translations, one for each kind of object."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.attributes.attribute import Attribute, AttributeValue
from marketplace.embedded.schema.base import Info, ModelType, Node
from marketplace.embedded.schema.categories.category import Category
from marketplace.embedded.schema.collections.collection import Collection
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.products.variant import ProductVariant
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.translations.inputs import (
    AttributeValueTranslationInput,
    NameTranslationInput,
    PageTranslationInput,
    TranslationInput,
)
from marketplace.embedded.translations import translate

TranslationError = error_type("TranslationError", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE")


class PageTranslatableContent(ModelType):
    """The texts of a page that can be translated."""

    class Meta:
        interfaces = (Node,)

    title = graphene.String(required=True)
    slug = graphene.String()
    page = graphene.Field(type_of(models.Page))

    @staticmethod
    def resolve_page(root: models.Page, _info: Info) -> models.Page:
        return root


def _translate(model: Any, input_type: Any, *, field: str, answer: Any) -> Any:
    """Make the mutation ``<model>Translate``, whose payload shows the object in `field`."""
    name = model.__name__
    translations = model._meta.get_field("translations")  # noqa: SLF001 -- Django's documented API

    def perform(cls: Any, _info: Info, id: str, language_code: str, input: dict[str, Any]) -> Any:
        row = ids.fetch(model.objects.all(), id, name, f"{name}TranslatableContent")
        translate(row, translations.related_model, translations.field.name, language_code, input)
        return cls(**{field: row})

    arguments = {
        "id": graphene.ID(required=True),
        "language_code": LanguageCodeEnum(required=True),
        "input": input_type(required=True),
    }
    body = {
        "__doc__": "Write texts in a language.",
        "Arguments": type("Arguments", (), arguments),
        "error_type": TranslationError,
        "permissions": ("MANAGE_TRANSLATIONS",),
        field: graphene.Field(answer),
        "perform": classmethod(perform),
    }
    return type(f"{name}Translate", (EngineMutation,), body).Field()  # type: ignore[attr-defined]


class TranslationMutations:
    """Mutations of translations."""

    product_translate = _translate(
        models.Product, TranslationInput, field="product", answer=Product
    )
    product_variant_translate = _translate(
        models.ProductVariant,
        NameTranslationInput,
        field="product_variant",
        answer=ProductVariant,
    )
    category_translate = _translate(
        models.Category, TranslationInput, field="category", answer=Category
    )
    collection_translate = _translate(
        models.Collection, TranslationInput, field="collection", answer=Collection
    )
    page_translate = _translate(
        models.Page, PageTranslationInput, field="page", answer=PageTranslatableContent
    )
    attribute_translate = _translate(
        models.Attribute, NameTranslationInput, field="attribute", answer=Attribute
    )
    attribute_value_translate = _translate(
        models.AttributeValue,
        AttributeValueTranslationInput,
        field="attribute_value",
        answer=AttributeValue,
    )
