"""Queries of attributes."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.attributes.attribute import Attribute, AttributeTypeEnum
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.filters import StringFilterInput, by_ids, by_text


class AttributeFilterInput(graphene.InputObjectType):
    """Conditions on attributes."""

    search = graphene.String()
    ids = list_of(graphene.ID)
    type = AttributeTypeEnum()
    slugs = list_of(graphene.String)


class AttributeWhereInput(graphene.InputObjectType):
    """Conditions on attributes."""

    ids = list_of(graphene.ID)
    name = graphene.InputField(StringFilterInput)
    slug = graphene.InputField(StringFilterInput)


class AttributeQueries:
    """Queries of attributes."""

    attribute = graphene.Field(
        Attribute, id=graphene.ID(), slug=graphene.String(), external_reference=graphene.String()
    )
    attributes = connection_field(
        Attribute, filter=AttributeFilterInput(), where=AttributeWhereInput()
    )

    @staticmethod
    def resolve_attribute(
        _root: Any,
        _info: Info,
        id: str | None = None,
        slug: str | None = None,
        external_reference: str | None = None,
    ) -> models.Attribute | None:
        rows = models.Attribute.objects.all()
        if id is not None:
            return ids.find(rows, id, "Attribute")
        if slug is not None:
            return rows.filter(slug=slug).first()
        return rows.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_attributes(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
        **page: Any,
    ) -> Any:
        rows = models.Attribute.objects.all()
        if not context_of(info).is_staff_or_app:
            rows = rows.filter(visible_in_storefront=True)
        wanted = {**(filter or {}), **(where or {})}
        if wanted.get("search"):
            rows = rows.filter(name__icontains=wanted["search"])
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Attribute", wanted["ids"]))
        if wanted.get("type"):
            rows = rows.filter(type=wanted["type"])
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        rows = rows.filter(by_text("slug", wanted.get("slug")), by_text("name", wanted.get("name")))
        return paginate(
            info, rows, [("storefront_search_position", False), ("slug", False)], **page
        )
