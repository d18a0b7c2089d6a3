"""Lines of an order as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.channel_scope import in_channel
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.money import TaxedMoney, taxed
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.warehouses.warehouse import Warehouse


class Allocation(ModelType):
    """Units of a warehouse that are allocated to a line and not yet sent."""

    class Meta:
        model = models.Allocation
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    warehouse = graphene.Field(Warehouse, required=True)

    @staticmethod
    def resolve_quantity(root: models.Allocation, _info: Info) -> int:
        return root.quantity_allocated

    @staticmethod
    def resolve_warehouse(root: models.Allocation, _info: Info) -> Any:
        return related_one(related_one(root, "stock"), "warehouse")


class OrderLine(ModelType):
    """A variant as bought."""

    class Meta:
        model = models.OrderLine
        interfaces = (Node, ObjectWithMetadata)

    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    product_variant_id = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    quantity_fulfilled = graphene.Int(required=True)
    quantity_to_fulfill = graphene.Int(required=True)
    tax_rate = graphene.Float(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(TaxedMoney, required=True)
    is_price_overridden = graphene.Boolean()
    voucher_code = graphene.String()
    variant = graphene.Field(type_of(models.ProductVariant))
    translated_product_name = graphene.String(required=True)
    translated_variant_name = graphene.String(required=True)
    allocations = list_of(Allocation)
    tax_class_name = graphene.String()
    is_gift = graphene.Boolean()

    @staticmethod
    def resolve_quantity_to_fulfill(root: models.OrderLine, _info: Info) -> int:
        return root.quantity_unfulfilled

    @staticmethod
    def resolve_tax_rate(root: models.OrderLine, _info: Info) -> float:
        return float(root.tax_rate or 0)

    @staticmethod
    def resolve_unit_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        return taxed(root.unit_net_minor, root.unit_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_unit_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        net, gross = root.undiscounted_unit_net_minor, root.undiscounted_unit_gross_minor
        return taxed(net, gross, root.currency)

    @staticmethod
    def resolve_total_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        return taxed(root.total_net_minor, root.total_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_total_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        net, gross = root.undiscounted_total_net_minor, root.undiscounted_total_gross_minor
        return taxed(net, gross, root.currency)

    @staticmethod
    def resolve_variant(root: models.OrderLine, _info: Info) -> Any:
        if not root.variant_id:
            return None
        channel = related_one(related_one(root, "order"), "channel")
        return in_channel(related_one(root, "variant"), channel.slug)

    @staticmethod
    def resolve_allocations(root: models.OrderLine, info: Info) -> list[Any]:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return related_many(root, "allocations")

    @staticmethod
    def resolve_is_gift(_root: models.OrderLine, _info: Info) -> bool:
        return False
