"""Mutations of warehouses."""

from typing import Any

import graphene

from marketplace.embedded import warehouses
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.warehouses.warehouse import (
    Warehouse,
    WarehouseClickAndCollectOptionEnum,
)
from marketplace.embedded.warehouses import WarehouseData

WarehouseError = error_type(
    "WarehouseError",
    *("ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    shipping_zones=list_of(graphene.ID),
)


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


class WarehouseMutation(EngineMutation):
    """Base of the mutations that answer with a warehouse."""

    class Meta:
        abstract = True

    error_type = WarehouseError
    permissions = ("MANAGE_PRODUCTS",)
    warehouse = graphene.Field(Warehouse)


class WarehouseCreate(WarehouseMutation):
    """Create a warehouse."""

    class Arguments:
        input = WarehouseCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: WarehouseData) -> Any:
        return cls(warehouse=warehouses.create_warehouse(input))


class WarehouseUpdate(WarehouseMutation):
    """Change a warehouse."""

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = WarehouseUpdateInput(required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: WarehouseData,
        id: str | None = None,
        external_reference: str | None = None,
    ) -> Any:
        warehouse = warehouses.find_warehouse(id, external_reference)
        warehouses.update_warehouse(warehouse, input)
        return cls(warehouse=warehouse)


class WarehouseMutations:
    """Mutations of warehouses."""

    create_warehouse = WarehouseCreate.Field()
    update_warehouse = WarehouseUpdate.Field()
