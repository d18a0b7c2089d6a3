"""Mutations of categories."""

from typing import Any

import graphene

from marketplace.embedded import categories, ids, models
from marketplace.embedded.categories import CategoryData
from marketplace.embedded.schema.base import Info, MetadataInput, list_of
from marketplace.embedded.schema.categories.category import Category
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductError
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.schema.seo import SeoInput


class CategoryInput(graphene.InputObjectType):
    """A category's own fields."""

    description = graphene.InputField(JSONString)
    name = graphene.String()
    slug = graphene.String()
    seo = graphene.InputField(SeoInput)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


class CategoryMutation(EngineMutation):
    """Base of the mutations that answer with a category."""

    class Meta:
        abstract = True

    error_type = ProductError
    permissions = ("MANAGE_PRODUCTS",)
    category = graphene.Field(Category)


class CategoryCreate(CategoryMutation):
    """Create a category, below `parent` when given."""

    class Arguments:
        input = CategoryInput(required=True)
        parent = graphene.ID()

    @classmethod
    def perform(cls, info: Info, input: CategoryData, parent: str | None = None) -> Any:
        return cls(category=categories.create_category(input, parent_id=parent))


class CategoryUpdate(CategoryMutation):
    """Change a category."""

    class Arguments:
        id = graphene.ID(required=True)
        input = CategoryInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: CategoryData) -> Any:
        category = ids.fetch(models.Category.objects.all(), id, "Category")
        categories.update_category(category, input)
        return cls(category=category)


class CategoryDelete(CategoryMutation):
    """Delete a category with those below it; their products are left without a category."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        category = ids.fetch(models.Category.objects.all(), id, "Category")
        categories.delete_category(category)
        return cls(category=category)


class CategoryMutations:
    """Mutations of categories."""

    category_create = CategoryCreate.Field()
    category_update = CategoryUpdate.Field()
    category_delete = CategoryDelete.Field()
