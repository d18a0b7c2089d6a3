"""Translations of products and variants."""

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, ModelType, Node
from marketplace.embedded.schema.languages import LanguageDisplay, TranslationType
from marketplace.embedded.schema.scalars import JSONString


class ProductVariantTranslation(TranslationType, ModelType):
    """A variant's name in a language."""

    class Meta:
        model = models.ProductVariantTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_name(root: models.ProductVariantTranslation, _info: Info) -> str:
        return root.name or ""


class ProductTranslatableContent(ModelType):
    """The texts of a product that can be translated."""

    class Meta:
        interfaces = (Node,)

    product_id = graphene.ID(required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_product_id(root: models.Product, _info: Info) -> str:
        return ids.to_global_id("Product", root.pk)


class ProductTranslation(TranslationType, ModelType):
    """A product's texts in a language."""

    class Meta:
        model = models.ProductTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    name = graphene.String()
    description = graphene.Field(JSONString)
    translatable_content = graphene.Field(ProductTranslatableContent)

    @staticmethod
    def resolve_translatable_content(
        root: models.ProductTranslation, _info: Info
    ) -> models.Product:
        return root.product
