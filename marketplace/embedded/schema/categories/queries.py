"""Queries of categories."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.categories.category import Category
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.filters import MetadataFilter, by_ids, by_metadata


class CategoryFilterInput(graphene.InputObjectType):
    """Conditions on categories."""

    search = graphene.String()
    metadata = list_of(MetadataFilter)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class CategoryQueries:
    """Queries of categories."""

    category = graphene.Field(
        Category, id=graphene.ID(), slug=graphene.String(), slug_language_code=LanguageCodeEnum()
    )
    categories = connection_field(Category, filter=CategoryFilterInput(), level=graphene.Int())

    @staticmethod
    def resolve_category(
        _root: Any,
        _info: Info,
        id: str | None = None,
        slug: str | None = None,
        slug_language_code: str | None = None,
    ) -> models.Category | None:
        rows = models.Category.objects.all()
        if id is not None:
            return ids.find(rows, id, "Category")
        if slug_language_code:
            code = stored_code(slug_language_code)
            return rows.filter(translations__slug=slug, translations__language_code=code).first()
        return rows.filter(slug=slug).first()

    @staticmethod
    def resolve_categories(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        level: int | None = None,
        **page: Any,
    ) -> Any:
        wanted = filter or {}
        rows = models.Category.objects.filter(by_metadata(wanted.get("metadata")))
        if wanted.get("search"):
            rows = rows.filter(name__icontains=wanted["search"])
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Category", wanted["ids"]))
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        if level is not None:
            rows = rows.filter(level=level)
        return paginate(info, rows, **page)
