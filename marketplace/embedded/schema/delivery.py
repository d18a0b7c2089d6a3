"""Delivery methods of checkouts and orders."""

import base64
from dataclasses import dataclass, field
from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    ResolvesByModel,
)
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.schema.warehouses.warehouse import Warehouse


@dataclass(frozen=True)
class OrderDelivery:
    """The delivery method that an order has stored."""

    method_id: str
    name: str
    price_minor: int
    currency: str
    description: Any = None
    minimum_delivery_days: int | None = None
    maximum_delivery_days: int | None = None
    active: bool = True
    message: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    private_metadata: dict[str, str] = field(default_factory=dict)


class ShippingMethod(ModelType):
    """A delivery method of a zone or an App, with its price for one checkout or order."""

    class Meta:
        models = (models.CheckoutDelivery, OrderDelivery)
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    maximum_delivery_days = graphene.Int()
    minimum_delivery_days = graphene.Int()
    price = graphene.Field(Money, required=True)
    active = graphene.Boolean(required=True)
    message = graphene.String()

    @staticmethod
    def resolve_id(root: Any, _info: Info) -> str:
        return base64.b64encode(root.method_id.encode()).decode()

    @staticmethod
    def resolve_price(root: Any, _info: Info) -> MoneyValue:
        return MoneyValue(root.price_minor, root.currency)


class DeliveryMethod(ResolvesByModel, graphene.Union):
    """How a checkout or an order is delivered."""

    class Meta:
        types = (Warehouse, ShippingMethod)


class Delivery(graphene.ObjectType):
    """A delivery option of a checkout."""

    id = graphene.ID(required=True)
    shipping_method = graphene.Field(ShippingMethod)

    @staticmethod
    def resolve_id(root: models.CheckoutDelivery, _info: Info) -> str:
        return base64.b64encode(f"CheckoutDelivery:{root.pk}".encode()).decode()

    @staticmethod
    def resolve_shipping_method(root: models.CheckoutDelivery, _info: Info) -> Any:
        return root


def delivery_of(order: models.Order) -> OrderDelivery | None:
    """Return the order's delivery method, or None."""
    if not order.shipping_method_name:
        return None
    return OrderDelivery(
        method_id=order.shipping_method_id_text,
        name=order.shipping_method_name,
        price_minor=order.undiscounted_shipping_minor,
        currency=order.currency,
        metadata=order.shipping_method_metadata,
        private_metadata=order.shipping_method_private_metadata,
    )
