"""Mutations of shipping zones and their methods."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, shipping_zones
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString, PositiveDecimal, WeightScalar
from marketplace.embedded.schema.shipping_zones.shipping_zone import (
    ShippingMethodType,
    ShippingMethodTypeEnum,
    ShippingZone,
)
from marketplace.embedded.shipping_zones import MethodData, ZoneData

ShippingError = error_type(
    "ShippingError",
    *("ALREADY_EXISTS", "INVALID", "MAX_LESS_THAN_MIN", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    "DUPLICATED_INPUT_ITEM",
    warehouses=list_of(graphene.ID),
    channels=list_of(graphene.ID),
)


class ShippingZoneCreateInput(graphene.InputObjectType):
    """A new zone."""

    name = graphene.String()
    description = graphene.String()
    countries = list_of(graphene.String)
    default = graphene.Boolean()
    add_warehouses = list_of(graphene.ID)
    add_channels = list_of(graphene.ID)


class ShippingZoneUpdateInput(ShippingZoneCreateInput):
    """Changes of a zone."""

    remove_warehouses = list_of(graphene.ID)
    remove_channels = list_of(graphene.ID)


class ShippingPriceInput(graphene.InputObjectType):
    """A method of a zone; weights in the shop's unit."""

    name = graphene.String()
    description = graphene.InputField(JSONString)
    minimum_order_weight = graphene.InputField(WeightScalar)
    maximum_order_weight = graphene.InputField(WeightScalar)
    maximum_delivery_days = graphene.Int()
    minimum_delivery_days = graphene.Int()
    type = ShippingMethodTypeEnum()
    shipping_zone = graphene.ID()


class ShippingMethodChannelListingAddInput(graphene.InputObjectType):
    """A method's price and order limits in a channel, in major units of its currency."""

    channel_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal)
    minimum_order_price = graphene.InputField(PositiveDecimal)
    maximum_order_price = graphene.InputField(PositiveDecimal)


class ShippingMethodChannelListingInput(graphene.InputObjectType):
    """Prices to set, and channels to withdraw the method from."""

    add_channels = list_of(ShippingMethodChannelListingAddInput)
    remove_channels = list_of(graphene.ID)


class ShippingMutation(EngineMutation):
    """Base of the mutations of shipping."""

    class Meta:
        abstract = True

    error_type = ShippingError
    permissions = ("MANAGE_SHIPPING",)


class ShippingZoneCreate(ShippingMutation):
    """Create a zone."""

    class Arguments:
        input = ShippingZoneCreateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(cls, info: Info, input: ZoneData) -> Any:
        return cls(shipping_zone=shipping_zones.create_zone(input))


class ShippingZoneUpdate(ShippingMutation):
    """Change a zone."""

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingZoneUpdateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(cls, info: Info, id: str, input: ZoneData) -> Any:
        zone = ids.fetch(models.ShippingZone.objects.all(), id, "ShippingZone")
        shipping_zones.update_zone(zone, input)
        return cls(shipping_zone=zone)


class ShippingPriceCreate(ShippingMutation):
    """Create a method within a zone."""

    class Arguments:
        input = ShippingPriceInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)
    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(cls, info: Info, input: MethodData) -> Any:
        method = shipping_zones.create_method(input)
        return cls(shipping_zone=method.shipping_zone, shipping_method=method)


class ShippingMethodChannelListingUpdate(ShippingMutation):
    """Set a method's prices in channels."""

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingMethodChannelListingInput(required=True)

    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        rows = models.ShippingMethod.objects.all()
        method = ids.fetch(rows, id, "ShippingMethodType", "ShippingMethod")
        shipping_zones.update_method_listings(
            method, add=input.get("add_channels") or [], remove=input.get("remove_channels")
        )
        return cls(shipping_method=method)


class ShippingMutations:
    """Mutations of shipping zones and their methods."""

    shipping_zone_create = ShippingZoneCreate.Field()
    shipping_zone_update = ShippingZoneUpdate.Field()
    shipping_price_create = ShippingPriceCreate.Field()
    shipping_method_channel_listing_update = ShippingMethodChannelListingUpdate.Field()
