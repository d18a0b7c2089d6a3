"""Mutations of pages and page types."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, pages
from marketplace.embedded.pages import PageCreateData, PageData, PageTypeData
from marketplace.embedded.schema.attributes.inputs import AttributeValueInput
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.pages.page import Page, PageType
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.schema.seo import SeoInput

PageError = error_type(
    "PageError",
    *("INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE", "DUPLICATED_INPUT_ITEM"),
    "ATTRIBUTE_ALREADY_ASSIGNED",
    attributes=list_of(graphene.ID),
    values=list_of(graphene.ID),
)


class PageTypeCreateInput(graphene.InputObjectType):
    """A new page type."""

    name = graphene.String()
    slug = graphene.String()
    add_attributes = list_of(graphene.ID)


class PageTypeCreate(EngineMutation):
    """Create a page type."""

    class Arguments:
        input = PageTypeCreateInput(required=True)

    error_type = PageError
    permissions = ("MANAGE_PAGE_TYPES_AND_ATTRIBUTES",)
    page_type = graphene.Field(PageType)

    @classmethod
    def perform(cls, info: Info, input: PageTypeData) -> Any:
        return cls(page_type=pages.create_page_type(input))


class PageInput(graphene.InputObjectType):
    """Changes of a page."""

    slug = graphene.String()
    title = graphene.String()
    content = graphene.InputField(JSONString)
    attributes = list_of(AttributeValueInput)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    seo = graphene.InputField(SeoInput)


class PageCreateInput(PageInput):
    """A new page."""

    page_type = graphene.ID(required=True)


class PageMutation(EngineMutation):
    """Base of the mutations that answer with a page."""

    class Meta:
        abstract = True

    error_type = PageError
    permissions = ("MANAGE_PAGES",)
    page = graphene.Field(Page)


class PageCreate(PageMutation):
    """Create a page."""

    class Arguments:
        input = PageCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: PageCreateData) -> Any:
        return cls(page=pages.create_page(input))


class PageUpdate(PageMutation):
    """Change a page."""

    class Arguments:
        id = graphene.ID(required=True)
        input = PageInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: PageData) -> Any:
        page = ids.fetch(models.Page.objects.all(), id, "Page")
        pages.update_page(page, input)
        return cls(page=page)


class PageDelete(PageMutation):
    """Delete a page."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        page = ids.fetch(models.Page.objects.all(), id, "Page")
        pages.delete_page(page)
        return cls(page=page)


class PageMutations:
    """Mutations of pages and page types."""

    page_type_create = PageTypeCreate.Field()
    page_create = PageCreate.Field()
    page_update = PageUpdate.Field()
    page_delete = PageDelete.Field()
