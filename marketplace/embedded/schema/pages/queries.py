"""Queries of pages and page types."""

from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import ids, models
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.filters import (
    GlobalIDFilterInput,
    StringFilterInput,
    by_global_id,
    by_ids,
    by_text,
)
from marketplace.embedded.schema.pages.page import Page, PageType


class PageFilterInput(graphene.InputObjectType):
    """Conditions on pages."""

    search = graphene.String()
    page_types = list_of(graphene.ID)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class PageWhereInput(graphene.InputObjectType):
    """Conditions on pages."""

    ids = list_of(graphene.ID)
    slug = graphene.InputField(StringFilterInput)
    page_type = graphene.InputField(GlobalIDFilterInput)


def visible_pages(info: Info) -> Any:
    """Return the pages the caller may see: published ones, all for MANAGE_PAGES."""
    rows = models.Page.objects.all()
    if context_of(info).may("MANAGE_PAGES"):
        return rows
    return rows.filter(is_published=True, published_at__lte=timezone.now())


class PageQueries:
    """Queries of pages."""

    page = graphene.Field(
        Page,
        id=graphene.ID(),
        slug=graphene.String(),
        slug_language_code=LanguageCodeEnum(),
    )
    pages = connection_field(
        Page, filter=PageFilterInput(), where=PageWhereInput(), search=graphene.String()
    )
    page_type = graphene.Field(PageType, id=graphene.ID(required=True))
    page_types = connection_field(PageType)

    @staticmethod
    def resolve_page(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
        slug_language_code: str | None = None,
    ) -> models.Page | None:
        rows = visible_pages(info)
        if id is not None:
            return ids.find(rows, id, "Page")
        if slug_language_code:
            code = stored_code(slug_language_code)
            rows = rows.filter(translations__slug=slug, translations__language_code=code)
        else:
            rows = rows.filter(slug=slug)
        found: models.Page | None = rows.first()
        return found

    @staticmethod
    def resolve_pages(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
        search: str | None = None,
        **page: Any,
    ) -> Any:
        wanted = {**(filter or {}), **(where or {})}
        rows = visible_pages(info).filter(by_text("slug", wanted.get("slug")))
        rows = rows.filter(by_global_id("page_type", "PageType", wanted.get("page_type")))
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Page", wanted["ids"]))
        if wanted.get("page_types") is not None:
            rows = rows.filter(by_ids("page_type", "PageType", wanted["page_types"]))
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        text = search or wanted.get("search")
        if text:
            rows = rows.filter(title__icontains=text)
        return paginate(info, rows, [("slug", False)], **page)

    @staticmethod
    def resolve_page_type(_root: Any, _info: Info, id: str) -> models.PageType | None:
        return ids.find(models.PageType.objects.all(), id, "PageType")

    @staticmethod
    def resolve_page_types(_root: Any, info: Info, **page: Any) -> Any:
        return paginate(info, models.PageType.objects.all(), [("slug", False)], **page)
