"""Fulfilments as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.orders.order_line import OrderLine
from marketplace.embedded.schema.warehouses.warehouse import Warehouse

FulfillmentStatus = string_enum("FulfillmentStatus", *models.FulfillmentStatus.values)


class FulfillmentLine(ModelType):
    """Units of a line in a fulfilment."""

    class Meta:
        model = models.FulfillmentLine
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    order_line = graphene.Field(OrderLine)
    reason = graphene.String()

    @staticmethod
    def resolve_order_line(root: models.FulfillmentLine, _info: Info) -> Any:
        return related_one(root, "order_line")


class Fulfillment(ModelType):
    """What was sent together, or came back."""

    class Meta:
        model = models.Fulfillment
        interfaces = (Node, ObjectWithMetadata)

    fulfillment_order = graphene.Int(required=True)
    status = FulfillmentStatus(required=True)
    tracking_number = graphene.String(required=True)
    created = graphene.DateTime(required=True)
    lines = list_of(FulfillmentLine)
    status_display = graphene.String()
    warehouse = graphene.Field(Warehouse)
    shipping_refunded_amount = graphene.Field(Money)
    total_refunded_amount = graphene.Field(Money)
    reason = graphene.String()

    @staticmethod
    def resolve_created(root: models.Fulfillment, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_lines(root: models.Fulfillment, _info: Info) -> list[Any]:
        return related_many(root, "lines")

    @staticmethod
    def resolve_status_display(root: models.Fulfillment, _info: Info) -> str:
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_warehouse(root: models.Fulfillment, _info: Info) -> Any:
        for line in related_many(root, "lines"):
            if line.stock_id:
                return related_one(related_one(line, "stock"), "warehouse")
        return None

    @staticmethod
    def resolve_shipping_refunded_amount(root: models.Fulfillment, _info: Info) -> Any:
        return _refunded(root, root.shipping_refund_minor)

    @staticmethod
    def resolve_total_refunded_amount(root: models.Fulfillment, _info: Info) -> Any:
        return _refunded(root, root.total_refund_minor)


def _refunded(fulfillment: models.Fulfillment, minor: int | None) -> MoneyValue | None:
    if minor is None:
        return None
    return MoneyValue(minor, related_one(fulfillment, "order").currency)
