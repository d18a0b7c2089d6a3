"""Shipping zones and their methods as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models, money, weights
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.address import CountryDisplay
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, list_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Money, Weight
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.schema.warehouses.warehouse import Warehouse

ShippingMethodTypeEnum = string_enum("ShippingMethodTypeEnum", "PRICE", "WEIGHT")


def _money(minor: int | None, currency: str) -> money.Money | None:
    return None if minor is None else money.Money(minor, currency)


class ShippingMethodChannelListing(ModelType):
    """A method's price and limits in a channel."""

    class Meta:
        model = models.ShippingMethodChannelListing
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    maximum_order_price = graphene.Field(Money)
    minimum_order_price = graphene.Field(Money)
    price = graphene.Field(Money)

    @staticmethod
    def resolve_channel(root: models.ShippingMethodChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_price(root: models.ShippingMethodChannelListing, _info: Info) -> Any:
        return _money(root.price_minor, root.currency)

    @staticmethod
    def resolve_minimum_order_price(root: models.ShippingMethodChannelListing, _info: Info) -> Any:
        return _money(root.minimum_order_price_minor, root.currency)

    @staticmethod
    def resolve_maximum_order_price(root: models.ShippingMethodChannelListing, _info: Info) -> Any:
        return _money(root.maximum_order_price_minor, root.currency)


class ShippingMethodType(ModelType):
    """A method of a zone, as staff sees it."""

    class Meta:
        model = models.ShippingMethod
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    type = ShippingMethodTypeEnum()
    channel_listings = list_of(ShippingMethodChannelListing)
    minimum_order_weight = graphene.Field(Weight)
    maximum_order_weight = graphene.Field(Weight)
    maximum_delivery_days = graphene.Int()
    minimum_delivery_days = graphene.Int()

    @staticmethod
    def resolve_channel_listings(root: models.ShippingMethod, _info: Info) -> list[Any]:
        return related_many(root, "channel_listings")

    @staticmethod
    def resolve_minimum_order_weight(root: models.ShippingMethod, _info: Info) -> Any:
        return weights.in_shop_unit(root.minimum_weight_grams)

    @staticmethod
    def resolve_maximum_order_weight(root: models.ShippingMethod, _info: Info) -> Any:
        return weights.in_shop_unit(root.maximum_weight_grams)


class ShippingZone(ModelType):
    """Countries that are served together."""

    class Meta:
        model = models.ShippingZone
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    default = graphene.Boolean(required=True)
    countries = list_of(CountryDisplay, required=True)
    shipping_methods = list_of(ShippingMethodType)
    warehouses = list_of(Warehouse, required=True)
    channels = list_of(Channel, required=True)
    description = graphene.String()

    @staticmethod
    def resolve_shipping_methods(root: models.ShippingZone, _info: Info) -> list[Any]:
        return related_many(root, "shipping_methods")

    @staticmethod
    def resolve_warehouses(root: models.ShippingZone, _info: Info) -> list[Any]:
        return related_many(root, "warehouses")

    @staticmethod
    def resolve_channels(root: models.ShippingZone, _info: Info) -> list[Any]:
        return related_many(root, "channels")
