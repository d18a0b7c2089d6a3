"""Translating objects: one mutation per kind, all alike."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import forget_relations
from marketplace.embedded.schema.attributes.attribute import Attribute, AttributeValue
from marketplace.embedded.schema.base import Info, ModelType, Node
from marketplace.embedded.schema.categories.category import Category
from marketplace.embedded.schema.collections.collection import Collection
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.languages import stored_code
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.products.variant import ProductVariant
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.webhooks import emit

TranslationError = error_type("TranslationError", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE")


class NameTranslationInput(graphene.InputObjectType):
    """A name in a language."""

    name = graphene.String()


class TranslationInput(graphene.InputObjectType):
    """Texts in a language."""

    slug = graphene.String()
    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String()
    description = graphene.InputField(JSONString)


class PageTranslationInput(graphene.InputObjectType):
    """A page's texts in a language."""

    slug = graphene.String()
    seo_title = graphene.String()
    seo_description = graphene.String()
    title = graphene.String()
    content = graphene.InputField(JSONString)


class AttributeValueTranslationInput(graphene.InputObjectType):
    """A value's texts in a language."""

    name = graphene.String()
    rich_text = graphene.InputField(JSONString)
    plain_text = graphene.String()


class PageTranslatableContent(ModelType):
    """A page as something to translate."""

    class Meta:
        interfaces = (Node,)

    title = graphene.String(required=True)
    slug = graphene.String()
    page = graphene.Field(type_of(models.Page))

    @staticmethod
    def resolve_page(root: models.Page, _info: Info) -> models.Page:
        return root


def translate(
    row: Any, translation_model: Any, owner: str, language_code: str, data: dict[str, Any]
) -> Any:
    """Write an object's texts in a language and emit what Saleor emits (nothing else changes).

    Raises CommandError UNIQUE for a slug which another object has in that language.
    """
    code = stored_code(language_code)
    slug = data.get("slug")
    if slug:
        others = translation_model.objects.filter(slug=slug, language_code=code)
        if others.exclude(**{owner: row}).exists():
            raise refuse("UNIQUE", "Translation with this slug already exists.", field="slug")
    found, created = translation_model.objects.update_or_create(
        **{owner: row}, language_code=code, defaults=data
    )
    emit("TRANSLATION_CREATED" if created else "TRANSLATION_UPDATED", found)
    forget_relations(row)
    return found


def _mutation(
    name: str,
    *,
    model: Any,
    translation_model: Any,
    owner: str,
    type_names: tuple[str, ...],
    input_type: Any,
    output: tuple[str, Any],
) -> Any:
    """Make the mutation ``<kind>Translate``."""

    def perform(
        cls: Any,
        _info: Info,
        id: str,
        language_code: str,
        input: dict[str, Any],
    ) -> Any:
        row = ids.fetch(model.objects.all(), id, *type_names)
        translate(row, translation_model, owner, language_code, dict(input))
        return cls(**{output[0]: row})

    arguments = {
        "id": graphene.ID(required=True),
        "language_code": LanguageCodeEnum(required=True),
        "input": input_type(required=True),
    }
    meta = {"error_type": TranslationError, "permissions": ("MANAGE_TRANSLATIONS",)}
    body = {
        "__doc__": "Write texts in a language.",
        "Meta": type("Meta", (), meta),
        "Arguments": type("Arguments", (), arguments),
        output[0]: graphene.Field(output[1]),
        "perform": classmethod(perform),
    }
    return type(name, (EngineMutation,), body).Field()  # type: ignore[attr-defined]


class TranslationMutations:
    """Writes of translations."""

    product_translate = _mutation(
        "ProductTranslate",
        model=models.Product,
        translation_model=models.ProductTranslation,
        owner="product",
        type_names=("Product", "ProductTranslatableContent"),
        input_type=TranslationInput,
        output=("product", Product),
    )
    product_variant_translate = _mutation(
        "ProductVariantTranslate",
        model=models.ProductVariant,
        translation_model=models.ProductVariantTranslation,
        owner="variant",
        type_names=("ProductVariant", "ProductVariantTranslatableContent"),
        input_type=NameTranslationInput,
        output=("product_variant", ProductVariant),
    )
    category_translate = _mutation(
        "CategoryTranslate",
        model=models.Category,
        translation_model=models.CategoryTranslation,
        owner="category",
        type_names=("Category", "CategoryTranslatableContent"),
        input_type=TranslationInput,
        output=("category", Category),
    )
    collection_translate = _mutation(
        "CollectionTranslate",
        model=models.Collection,
        translation_model=models.CollectionTranslation,
        owner="collection",
        type_names=("Collection", "CollectionTranslatableContent"),
        input_type=TranslationInput,
        output=("collection", Collection),
    )
    page_translate = _mutation(
        "PageTranslate",
        model=models.Page,
        translation_model=models.PageTranslation,
        owner="page",
        type_names=("Page", "PageTranslatableContent"),
        input_type=PageTranslationInput,
        output=("page", PageTranslatableContent),
    )
    attribute_translate = _mutation(
        "AttributeTranslate",
        model=models.Attribute,
        translation_model=models.AttributeTranslation,
        owner="attribute",
        type_names=("Attribute", "AttributeTranslatableContent"),
        input_type=NameTranslationInput,
        output=("attribute", Attribute),
    )
    attribute_value_translate = _mutation(
        "AttributeValueTranslate",
        model=models.AttributeValue,
        translation_model=models.AttributeValueTranslation,
        owner="attribute_value",
        type_names=("AttributeValue", "AttributeValueTranslatableContent"),
        input_type=AttributeValueTranslationInput,
        output=("attribute_value", AttributeValue),
    )
