"""Pages and page types as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.attributes.attribute import Attribute, SelectedAttribute
from marketplace.embedded.schema.attributes.object_with_attributes import (
    AttributeFields,
    ObjectWithAttributes,
)
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, list_of
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
)
from marketplace.embedded.schema.scalars import JSONString


class PageType(ModelType):
    """A type of pages, which determines their attributes."""

    class Meta:
        model = models.PageType
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    attributes = list_of(Attribute)

    @staticmethod
    def resolve_attributes(root: models.PageType, _info: Info) -> list[Any]:
        return [related_one(link, "attribute") for link in related_many(root, "attribute_links")]


class PageTranslation(TranslationType, ModelType):
    """A page's texts in a language."""

    class Meta:
        model = models.PageTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    title = graphene.String()
    content = graphene.Field(JSONString)


class Page(Translated, AttributeFields, ModelType):
    """A page of content."""

    class Meta:
        model = models.Page
        interfaces = (Node, ObjectWithMetadata, ObjectWithAttributes)

    seo_title = graphene.String()
    seo_description = graphene.String()
    title = graphene.String(required=True)
    content = graphene.Field(JSONString)
    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    slug = graphene.String(required=True)
    page_type = graphene.Field(PageType, required=True)
    created = graphene.DateTime(required=True)
    translation = translation_field(PageTranslation)
    attribute = graphene.Field(SelectedAttribute, slug=graphene.String(required=True))
    attributes = list_of(SelectedAttribute, required=True)

    @staticmethod
    def resolve_page_type(root: models.Page, _info: Info) -> Any:
        return related_one(root, "page_type")

    @staticmethod
    def resolve_created(root: models.Page, _info: Info) -> Any:
        return root.created_at
