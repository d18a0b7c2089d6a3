"""Queries of warehouses."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.filters import MetadataFilter, by_ids, by_metadata
from marketplace.embedded.schema.warehouses.warehouse import Warehouse


class WarehouseFilterInput(graphene.InputObjectType):
    """Conditions on warehouses."""

    metadata = list_of(MetadataFilter)
    search = graphene.String()
    ids = list_of(graphene.ID)
    channels = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class WarehouseQueries:
    """Queries of warehouses."""

    warehouse = graphene.Field(Warehouse, id=graphene.ID(), external_reference=graphene.String())
    warehouses = connection_field(Warehouse, filter=WarehouseFilterInput())

    @staticmethod
    def resolve_warehouse(
        _root: Any,
        info: Info,
        id: str | None = None,
        external_reference: str | None = None,
    ) -> models.Warehouse | None:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_SHIPPING")
        rows = models.Warehouse.objects.all()
        if id is not None:
            return ids.find(rows, id, "Warehouse")
        return rows.filter(external_reference=external_reference).first()

    @staticmethod
    def resolve_warehouses(
        _root: Any,
        info: Info,
        filter: dict[str, Any] | None = None,
        **page: Any,
    ) -> Any:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_SHIPPING")
        rows = models.Warehouse.objects.filter(by_metadata((filter or {}).get("metadata")))
        wanted = filter or {}
        if wanted.get("search"):
            rows = rows.filter(name__icontains=wanted["search"])
        if wanted.get("ids") is not None:
            rows = rows.filter(by_ids("pk", "Warehouse", wanted["ids"]))
        if wanted.get("channels") is not None:
            rows = rows.filter(by_ids("channels", "Channel", wanted["channels"])).distinct()
        if wanted.get("slugs") is not None:
            rows = rows.filter(slug__in=wanted["slugs"])
        return paginate(info, rows, [("slug", False)], **page)
