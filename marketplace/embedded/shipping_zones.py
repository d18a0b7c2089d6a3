"""Writing shipping zones, their methods, and the prices of those in channels."""

from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, Required, TypedDict

from marketplace.embedded import ids, money, weights
from marketplace.embedded.countries import COUNTRY_NAMES
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.models import (
    Channel,
    ChannelWarehouse,
    ShippingMethod,
    ShippingMethodChannelListing,
    ShippingZone,
)
from marketplace.embedded.weights import WeightWithUnit


class ZoneData(TypedDict, total=False):
    """A zone's own fields; `countries` are ISO alpha-2 codes, the others global ids."""

    name: str | None
    description: str | None
    countries: list[str] | None
    default: bool | None
    add_warehouses: list[str] | None
    add_channels: list[str] | None
    remove_warehouses: list[str] | None
    remove_channels: list[str] | None


class MethodData(TypedDict, total=False):
    """A method of a zone; weights are in the shop's unit unless they name their own."""

    name: str | None
    description: Any
    minimum_order_weight: Decimal | WeightWithUnit | None
    maximum_order_weight: Decimal | WeightWithUnit | None
    maximum_delivery_days: int | None
    minimum_delivery_days: int | None
    type: str | None
    shipping_zone: str | None


class MethodPriceData(TypedDict, total=False):
    """A method's price and order limits in a channel, in major units of its currency."""

    channel_id: Required[str]
    price: Decimal | None
    minimum_order_price: Decimal | None
    maximum_order_price: Decimal | None


def create_zone(data: ZoneData) -> ShippingZone:
    """Create a zone; refuses REQUIRED without a name, INVALID as `update_zone` does."""
    if not (data.get("name") or "").strip():
        raise refuse("REQUIRED", "This field cannot be blank.", field="name")
    zone = ShippingZone()
    update_zone(zone, data)
    return zone


def update_zone(zone: ShippingZone, data: ZoneData) -> None:
    """Change a zone.

    Refuses INVALID for unknown countries, and for warehouses that share no channel with the zone.
    """
    unknown = set(data.get("countries") or ()) - COUNTRY_NAMES.keys()
    if unknown:
        raise refuse("INVALID", f"Unknown countries: {sorted(unknown)}", field="countries")
    set_given(zone, data, "name", "description", "countries", "default")
    zone.save()
    warehouses = ids.pks(data.get("add_warehouses"), "Warehouse")
    channels = set(zone.channels.values_list("pk", flat=True))
    channels |= {int(pk) for pk in ids.pks(data.get("add_channels"), "Channel")}
    _check_common_channel(warehouses, channels)
    zone.channels.add(*channels)
    zone.warehouses.add(*warehouses)
    zone.channels.remove(*ids.pks(data.get("remove_channels"), "Channel"))
    zone.warehouses.remove(*ids.pks(data.get("remove_warehouses"), "Warehouse"))


def _check_common_channel(warehouses: list[str], channels: AbstractSet[int]) -> None:
    """Link warehouses to channels first: a zone's warehouse must share a channel with it."""
    links = ChannelWarehouse.objects.filter(channel_id__in=channels)
    linked = {str(pk) for pk in links.values_list("warehouse_id", flat=True)}
    without = [pk for pk in warehouses if pk not in linked]
    if without:
        named = [ids.to_global_id("Warehouse", pk) for pk in without]
        message = "Only warehouses that have common channel with shipping zone can be assigned."
        raise refuse("INVALID", message, field="addWarehouses", warehouses=named)


def create_method(data: MethodData) -> ShippingMethod:
    """Create a method within a zone; refuses NOT_FOUND, and REQUIRED without name or type."""
    rows = ShippingZone.objects.all()
    zone = ids.fetch(rows, data.get("shipping_zone"), "ShippingZone", field="shippingZone")
    name, kind = data.get("name"), data.get("type")
    if not name:
        raise refuse("REQUIRED", "This field is required.", field="name")
    if not kind:
        raise refuse("REQUIRED", "This field is required.", field="type")
    return ShippingMethod.objects.create(
        shipping_zone=zone,
        name=name,
        type=kind,
        description=data.get("description"),
        minimum_delivery_days=data.get("minimum_delivery_days"),
        maximum_delivery_days=data.get("maximum_delivery_days"),
        minimum_weight_grams=weights.to_grams(data.get("minimum_order_weight")),
        maximum_weight_grams=weights.to_grams(data.get("maximum_order_weight")),
    )


def update_method_listings(
    method: ShippingMethod, *, add: list[MethodPriceData], remove: list[str] | None
) -> None:
    """Set a method's prices in channels, and withdraw it from others.

    Refuses NOT_FOUND, and INVALID for more decimals than the currency has.
    """
    for item in add:
        _set_method_price(method, item)
    method.channel_listings.filter(channel_id__in=ids.pks(remove, "Channel")).delete()


def _set_method_price(method: ShippingMethod, item: MethodPriceData) -> None:
    rows = Channel.objects.all()
    channel = ids.fetch(rows, item["channel_id"], "Channel", field="channelId")
    currency = channel.currency_code
    minor = money.exact_minor_fields(
        currency,
        price=item.get("price"),
        minimum_order_price=item.get("minimum_order_price"),
        maximum_order_price=item.get("maximum_order_price"),
    )
    ShippingMethodChannelListing.objects.update_or_create(
        shipping_method=method, channel=channel, defaults={"currency": currency, **minor}
    )
