"""Warehouses and stock."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.availability import reserved_by_stock
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.address import Address, AddressInput, save_address
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.filters import MetadataFilter, by_ids, by_metadata
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.texts import unique_slug
from marketplace.embedded.webhooks import emit

WarehouseClickAndCollectOptionEnum = string_enum(
    "WarehouseClickAndCollectOptionEnum", "DISABLED", "LOCAL", "ALL"
)
WarehouseError = error_type(
    "WarehouseError",
    *("ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    shipping_zones=list_of(graphene.ID),
)


class Warehouse(ModelType):
    """A place that holds stock."""

    class Meta:
        model = models.Warehouse
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    email = graphene.String(required=True)
    is_private = graphene.Boolean(required=True)
    address = graphene.Field(Address, required=True)
    company_name = graphene.String(required=True)
    click_and_collect_option = WarehouseClickAndCollectOptionEnum(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_address(root: models.Warehouse, _info: Info) -> Any:
        return related_one(root, "address")

    @staticmethod
    def resolve_company_name(root: models.Warehouse, _info: Info) -> Any:
        return related_one(root, "address").company_name


class Stock(ModelType):
    """A variant's units in a warehouse."""

    class Meta:
        model = models.Stock
        interfaces = (Node,)

    warehouse = graphene.Field(Warehouse, required=True)
    product_variant = graphene.Field(type_of(models.ProductVariant), required=True)
    quantity = graphene.Int(required=True)
    quantity_allocated = graphene.Int(required=True)
    quantity_reserved = graphene.Int(required=True)

    @staticmethod
    def resolve_warehouse(root: models.Stock, _info: Info) -> Any:
        return related_one(root, "warehouse")

    @staticmethod
    def resolve_product_variant(root: models.Stock, _info: Info) -> Any:
        return related_one(root, "variant")

    @staticmethod
    def resolve_quantity(root: models.Stock, info: Info) -> int:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.quantity

    @staticmethod
    def resolve_quantity_allocated(root: models.Stock, info: Info) -> int:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return root.quantity_allocated

    @staticmethod
    def resolve_quantity_reserved(root: models.Stock, info: Info) -> int:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        cache = context_of(info).cache
        key = ("reserved", root.pk)
        if key not in cache:
            peers = [stock.pk for stock in root.__dict__.get("_peers") or [root]]
            held = reserved_by_stock(peers)
            cache.update({("reserved", pk): held.get(pk, 0) for pk in peers})
        return int(cache[key])


class WarehouseCreateInput(graphene.InputObjectType):
    """A new warehouse."""

    slug = graphene.String()
    email = graphene.String()
    external_reference = graphene.String()
    name = graphene.String(required=True)
    address = AddressInput(required=True)
    shipping_zones = list_of(graphene.ID)


class WarehouseUpdateInput(graphene.InputObjectType):
    """Changes of a warehouse."""

    slug = graphene.String()
    email = graphene.String()
    external_reference = graphene.String()
    name = graphene.String()
    address = graphene.InputField(AddressInput)
    click_and_collect_option = WarehouseClickAndCollectOptionEnum()
    is_private = graphene.Boolean()


def _check_unique(row: models.Warehouse) -> None:
    others = models.Warehouse.objects.exclude(pk=row.pk)
    if others.filter(slug=row.slug).exists():
        raise refuse("UNIQUE", "Warehouse with this Slug already exists.", field="slug")
    reference = row.external_reference
    if reference and others.filter(external_reference=reference).exists():
        message = "Warehouse with this External reference already exists."
        raise refuse("UNIQUE", message, field="externalReference")


def _apply(row: models.Warehouse, data: dict[str, Any]) -> None:
    for name in ("name", "slug", "email", "click_and_collect_option", "is_private"):
        if data.get(name) is not None:
            setattr(row, name, data[name])
    if "external_reference" in data:
        row.external_reference = data["external_reference"] or None
    if not row.slug:
        row.slug = unique_slug(models.Warehouse, row.name)
    _check_unique(row)


class WarehouseCreate(EngineMutation):
    """Create a warehouse."""

    class Meta:
        error_type = WarehouseError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        input = WarehouseCreateInput(required=True)

    warehouse = graphene.Field(Warehouse)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "WarehouseCreate":
        row = models.Warehouse()
        _apply(row, input)
        row.address = save_address(input["address"])
        row.save(force_insert=True)
        row.shipping_zones.add(*ids.pks(input.get("shipping_zones"), "ShippingZone"))
        emit("WAREHOUSE_CREATED", row)
        return cls(warehouse=row)


class WarehouseUpdate(EngineMutation):
    """Change a warehouse."""

    class Meta:
        error_type = WarehouseError
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = WarehouseUpdateInput(required=True)

    warehouse = graphene.Field(Warehouse)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        id: str | None = None,
        external_reference: str | None = None,
    ) -> "WarehouseUpdate":
        row = warehouse_by(id, external_reference)
        _apply(row, input)
        if input.get("address"):
            row.address = save_address(input["address"], existing=row.address)
        row.save()
        emit("WAREHOUSE_UPDATED", row)
        return cls(warehouse=row)


def warehouse_by(global_id: str | None, external_reference: str | None) -> models.Warehouse:
    """Return a warehouse by either id; raises CommandError NOT_FOUND."""
    if global_id:
        return ids.fetch(models.Warehouse.objects.all(), global_id, "Warehouse")
    found = models.Warehouse.objects.filter(external_reference=external_reference).first()
    if found is None:
        raise refuse("NOT_FOUND", "Couldn't resolve to a warehouse.", field="externalReference")
    return found


class WarehouseFilterInput(graphene.InputObjectType):
    """Which warehouses."""

    metadata = list_of(MetadataFilter)
    search = graphene.String()
    ids = list_of(graphene.ID)
    channels = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class WarehouseQueries:
    """Reads about warehouses."""

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


class WarehouseMutations:
    """Writes about warehouses."""

    create_warehouse = WarehouseCreate.Field()
    update_warehouse = WarehouseUpdate.Field()


def stocks_of(variant: models.ProductVariant) -> list[models.Stock]:
    """Return a variant's stocks, loaded for all variants it was fetched with."""
    return related_many(variant, "stocks")
