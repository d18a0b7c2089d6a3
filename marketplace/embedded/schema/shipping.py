"""Shipping zones and the methods within them."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, money, weights
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.address import CountryDisplay
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.channel import Channel
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import COUNTRY_NAMES, string_enum
from marketplace.embedded.schema.money import Money, Weight
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString, PositiveDecimal, WeightScalar
from marketplace.embedded.schema.warehouse import Warehouse

ShippingMethodTypeEnum = string_enum("ShippingMethodTypeEnum", "PRICE", "WEIGHT")
ShippingError = error_type(
    "ShippingError",
    *("ALREADY_EXISTS", "INVALID", "MAX_LESS_THAN_MIN", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    "DUPLICATED_INPUT_ITEM",
    warehouses=list_of(graphene.ID),
    channels=list_of(graphene.ID),
)


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
        return weights.shown(root.minimum_weight_grams)

    @staticmethod
    def resolve_maximum_order_weight(root: models.ShippingMethod, _info: Info) -> Any:
        return weights.shown(root.maximum_weight_grams)


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


def _apply_zone(zone: models.ShippingZone, data: dict[str, Any]) -> None:
    unknown = set(data.get("countries") or ()) - COUNTRY_NAMES.keys()
    if unknown:
        raise refuse("INVALID", f"Unknown countries: {sorted(unknown)}", field="countries")
    for name in ("name", "description", "countries", "default"):
        if data.get(name) is not None:
            setattr(zone, name, data[name])
    zone.save()
    warehouses = ids.pks(data.get("add_warehouses"), "Warehouse")
    channels = set(zone.channels.values_list("pk", flat=True))
    channels |= {int(pk) for pk in ids.pks(data.get("add_channels"), "Channel")}
    _check_warehouses(warehouses, channels)
    zone.channels.add(*channels)
    zone.warehouses.add(*warehouses)
    zone.channels.remove(*ids.pks(data.get("remove_channels"), "Channel"))
    zone.warehouses.remove(*ids.pks(data.get("remove_warehouses"), "Warehouse"))


def _check_warehouses(warehouses: list[str], channels: set[int]) -> None:
    """A zone's warehouse must share a channel with it (link warehouses to channels first)."""
    links = models.ChannelWarehouse.objects.filter(channel_id__in=channels)
    linked = {str(pk) for pk in links.values_list("warehouse_id", flat=True)}
    strangers = [pk for pk in warehouses if pk not in linked]
    if strangers:
        named = [ids.to_global_id("Warehouse", pk) for pk in strangers]
        message = "Only warehouses that have common channel with shipping zone can be assigned."
        raise refuse("INVALID", message, field="addWarehouses", warehouses=named)


class ShippingZoneCreate(EngineMutation):
    """Create a zone."""

    class Meta:
        error_type = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        input = ShippingZoneCreateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ShippingZoneCreate":
        if not (input.get("name") or "").strip():
            raise refuse("REQUIRED", "This field cannot be blank.", field="name")
        zone = models.ShippingZone()
        _apply_zone(zone, input)
        return cls(shipping_zone=zone)


class ShippingZoneUpdate(EngineMutation):
    """Change a zone."""

    class Meta:
        error_type = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingZoneUpdateInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        zone = ids.fetch(models.ShippingZone.objects.all(), id, "ShippingZone")
        _apply_zone(zone, input)
        return cls(shipping_zone=zone)


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


class ShippingPriceCreate(EngineMutation):
    """Create a method within a zone."""

    class Meta:
        error_type = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        input = ShippingPriceInput(required=True)

    shipping_zone = graphene.Field(ShippingZone)
    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ShippingPriceCreate":
        zone = ids.fetch(
            models.ShippingZone.objects.all(),
            input.get("shipping_zone"),
            "ShippingZone",
            field="shippingZone",
        )
        for name in ("name", "type"):
            if not input.get(name):
                raise refuse("REQUIRED", "This field is required.", field=name)
        method = models.ShippingMethod.objects.create(
            shipping_zone=zone,
            name=input["name"],
            type=input["type"],
            description=input.get("description"),
            minimum_delivery_days=input.get("minimum_delivery_days"),
            maximum_delivery_days=input.get("maximum_delivery_days"),
            minimum_weight_grams=weights.to_grams(input.get("minimum_order_weight")),
            maximum_weight_grams=weights.to_grams(input.get("maximum_order_weight")),
        )
        return cls(shipping_zone=zone, shipping_method=method)


class ShippingMethodChannelListingAddInput(graphene.InputObjectType):
    """A price in a channel, major units."""

    channel_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal)
    minimum_order_price = graphene.InputField(PositiveDecimal)
    maximum_order_price = graphene.InputField(PositiveDecimal)


class ShippingMethodChannelListingInput(graphene.InputObjectType):
    """Prices to set and channels to leave."""

    add_channels = list_of(ShippingMethodChannelListingAddInput)
    remove_channels = list_of(graphene.ID)


class ShippingMethodChannelListingUpdate(EngineMutation):
    """Set a method's prices in channels."""

    class Meta:
        error_type = ShippingError
        permissions = ("MANAGE_SHIPPING",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ShippingMethodChannelListingInput(required=True)

    shipping_method = graphene.Field(ShippingMethodType)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        method = ids.fetch(
            models.ShippingMethod.objects.all(), id, "ShippingMethodType", "ShippingMethod"
        )
        for item in input.get("add_channels") or []:
            _list_method(method, item)
        gone = ids.pks(input.get("remove_channels"), "Channel")
        method.channel_listings.filter(channel_id__in=gone).delete()
        return cls(shipping_method=method)


def _list_method(method: models.ShippingMethod, item: dict[str, Any]) -> None:
    channel = ids.fetch(
        models.Channel.objects.all(), item["channel_id"], "Channel", field="channelId"
    )
    currency = channel.currency_code
    values: dict[str, Any] = {"currency": currency}
    for name in ("price", "minimum_order_price", "maximum_order_price"):
        if item.get(name) is not None:
            values[f"{name}_minor"] = money.exact_minor(item[name], currency, field=name)
    models.ShippingMethodChannelListing.objects.update_or_create(
        shipping_method=method, channel=channel, defaults=values
    )


class ShippingQueries:
    """Reads about shipping."""

    shipping_zone = graphene.Field(ShippingZone, id=graphene.ID(required=True))
    shipping_zones = connection_field(ShippingZone)

    @staticmethod
    def resolve_shipping_zone(_root: Any, info: Info, id: str) -> Any:
        context_of(info).require("MANAGE_SHIPPING")
        return ids.find(models.ShippingZone.objects.all(), id, "ShippingZone")

    @staticmethod
    def resolve_shipping_zones(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require("MANAGE_SHIPPING")
        return paginate(info, models.ShippingZone.objects.all(), **page)


class ShippingMutations:
    """Writes about shipping."""

    shipping_zone_create = ShippingZoneCreate.Field()
    shipping_zone_update = ShippingZoneUpdate.Field()
    shipping_price_create = ShippingPriceCreate.Field()
    shipping_method_channel_listing_update = ShippingMethodChannelListingUpdate.Field()
