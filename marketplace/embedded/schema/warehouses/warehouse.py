"""Warehouses and stock as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.availability import reserved_by_stock
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, context_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.references import type_of

WarehouseClickAndCollectOptionEnum = string_enum(
    "WarehouseClickAndCollectOptionEnum", "DISABLED", "LOCAL", "ALL"
)


class Warehouse(ModelType):
    """A warehouse."""

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
            reserved = reserved_by_stock(peers)
            cache.update({("reserved", pk): reserved.get(pk, 0) for pk in peers})
        return int(cache[key])
