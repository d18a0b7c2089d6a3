"""Which stock counts: by channel and warehouse, or, before 3.23, also by shipping zone.

An older engine sells from a warehouse only where a zone of the channel covers the buyer's country
and holds the warehouse. So the set-up makes one zone of all countries there, without a method of
delivery (those come from our App), and each cooperative's warehouse joins it.
"""

from collections.abc import Iterator, Sequence

from marketplace.saleor import ids, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.changes import Change, ok
from marketplace.saleor.client import ShippingZoneCreateInput, ShippingZoneUpdateInput
from marketplace.saleor.client.client import SaleorClient
from marketplace.saleor.client.enums import CountryCode
from marketplace.saleor.paging import nodes
from marketplace.saleor.versions import STOCK_WITHOUT_ZONES, is_at_least

# The engine's list of countries includes the European Union, which a zone does not accept.
_COUNTRIES = [code.value for code in CountryCode if code != CountryCode.EU]


def is_in_the_way(client: SaleorClient) -> bool:
    """Whether the engine still counts stock by zone and need not."""
    if not is_at_least(STOCK_WITHOUT_ZONES):
        return False
    return bool(client.stock_by_zones().shop.use_legacy_shipping_zone_stock_availability)


def changes(client: SaleorClient) -> Iterator[Change]:
    """What an older store lacks of the zone; nothing on an engine that does not need it."""
    if is_at_least(STOCK_WITHOUT_ZONES):
        return
    name = store_plan.STOCK_ZONE
    wanted = {channel.slug for channel in store_plan.CHANNELS}
    for zone in nodes(lambda after: client.shipping_zones_page(after).shipping_zones):
        if zone.name == name:
            _link(zone.id)
            if lacking := wanted - {channel.slug for channel in zone.channels}:
                yield Change(
                    f"shipping zone {name}: channels {', '.join(sorted(lacking))}",
                    lambda key=zone.id: _add_channels(client, key),  # type: ignore[misc]
                )
            return
    yield Change(f"shipping zone {name}", lambda: _make(client))


def add_warehouses(client: SaleorClient, warehouses: Sequence[str]) -> None:
    """Add warehouses to the zone, by the engine's ids; idempotent.

    Raises EngineRefused, and UnknownId before the store's set-up was applied.
    """
    if is_at_least(STOCK_WITHOUT_ZONES):
        return
    zone = ids.global_id(ids.SHIPPING_ZONE, ids.of_slug(ids.SHIPPING_ZONE, store_plan.STOCK_ZONE))
    wanted = ShippingZoneUpdateInput(add_warehouses=list(warehouses))
    accepted(client.update_shipping_zone(zone, wanted).shipping_zone_update)


def _make(client: SaleorClient) -> None:
    wanted = ShippingZoneCreateInput(
        name=store_plan.STOCK_ZONE, countries=_COUNTRIES, add_channels=_channels()
    )
    made = accepted(client.create_shipping_zone(wanted).shipping_zone_create).shipping_zone
    assert made is not None
    _link(made.id)


def _add_channels(client: SaleorClient, zone: str) -> None:
    wanted = ShippingZoneUpdateInput(add_channels=_channels())
    ok(client.update_shipping_zone(zone, wanted).shipping_zone_update)


def _channels() -> list[str]:
    return [
        ids.global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, channel.slug))
        for channel in store_plan.CHANNELS
    ]


def _link(global_id: str) -> None:
    ids.link(ids.SHIPPING_ZONE, ids.of_slug(ids.SHIPPING_ZONE, store_plan.STOCK_ZONE), global_id)
