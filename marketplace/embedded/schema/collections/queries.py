"""Queries of collections."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.collections.collection import Collection
from marketplace.embedded.schema.connection import connection_field, paginate


def visible_collections(info: Info, channel: str | None) -> Any:
    """Return the collections the caller may see: published ones, all for MANAGE_PRODUCTS."""
    rows = models.Collection.objects.all()
    if context_of(info).may("MANAGE_PRODUCTS"):
        return rows
    return rows.filter(channel_listings__channel__slug=channel, channel_listings__is_published=True)


class CollectionQueries:
    """Queries of collections."""

    collection = graphene.Field(
        Collection, id=graphene.ID(), slug=graphene.String(), channel=graphene.String()
    )
    collections = connection_field(Collection, channel=graphene.String())

    @staticmethod
    def resolve_collection(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
        channel: str | None = None,
    ) -> models.Collection | None:
        rows = visible_collections(info, channel)
        if id is not None:
            return ids.find(rows, id, "Collection")
        found: models.Collection | None = rows.filter(slug=slug).first()
        return found

    @staticmethod
    def resolve_collections(_root: Any, info: Info, channel: str | None = None, **page: Any) -> Any:
        return paginate(info, visible_collections(info, channel), **page)
