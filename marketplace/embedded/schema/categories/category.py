"""Categories as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
)
from marketplace.embedded.schema.products.product_list import page_of_products
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString


class CategoryTranslation(TranslationType, ModelType):
    """A category's texts in a language."""

    class Meta:
        model = models.CategoryTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    name = graphene.String()
    description = graphene.Field(JSONString)


class Category(Translated, ModelType):
    """A node of the category tree."""

    class Meta:
        model = models.Category
        interfaces = (Node, ObjectWithMetadata)

    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    slug = graphene.String(required=True)
    parent = graphene.Field(lambda: Category)
    level = graphene.Int(required=True)
    updated_at = graphene.DateTime(required=True)
    ancestors = connection_field(lambda: Category)
    children = connection_field(lambda: Category)
    products = connection_field(type_of(models.Product), channel=graphene.String())
    translation = translation_field(CategoryTranslation)

    @staticmethod
    def resolve_parent(root: models.Category, _info: Info) -> Any:
        return related_one(root, "parent") if root.parent_id else None

    @staticmethod
    def resolve_ancestors(root: models.Category, info: Info, **page: Any) -> Any:
        found, row = [], root
        while row.parent_id:
            row = related_one(row, "parent")
            found.append(row.pk)
        rows = models.Category.objects.filter(pk__in=found)
        return paginate(info, rows, [("level", False)], **page)

    @staticmethod
    def resolve_children(root: models.Category, info: Info, **page: Any) -> Any:
        return paginate(info, root.children.all(), **page)

    @staticmethod
    def resolve_products(
        root: models.Category, info: Info, channel: str | None = None, **page: Any
    ) -> Any:
        where = {"category": {"one_of": [ids.to_global_id("Category", root.pk)]}}
        return page_of_products(info, channel=channel, where=where, **page)
