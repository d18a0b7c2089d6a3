"""Setting up channels: their settings, warehouses and shipping zones."""

from typing import TypedDict

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.metadata import MetadataItem, merge_metadata
from marketplace.embedded.models import Channel, ChannelWarehouse, TaxConfiguration, Warehouse
from marketplace.embedded.webhooks import emit


class StockSettingsData(TypedDict):
    """How stock is allocated."""

    allocation_strategy: str


class OrderSettingsData(TypedDict, total=False):
    """What happens with orders; they expire after minutes, expired ones are deleted after days."""

    automatically_confirm_all_new_orders: bool
    automatically_fulfill_non_shippable_gift_card: bool
    expire_orders_after: int | None
    delete_expired_orders_after: int
    mark_as_paid_strategy: str
    allow_unpaid_orders: bool


class CheckoutSettingsData(TypedDict, total=False):
    """How checkouts behave."""

    use_legacy_error_flow: bool
    automatically_complete_fully_paid_checkouts: bool


class PaymentSettingsData(TypedDict, total=False):
    """How payments are taken."""

    default_transaction_flow_strategy: str


class ChannelData(TypedDict, total=False):
    """A channel's own fields; warehouses and shipping zones are global ids."""

    name: str | None
    slug: str | None
    currency_code: str | None
    default_country: str | None
    is_active: bool | None
    stock_settings: StockSettingsData | None
    order_settings: OrderSettingsData | None
    checkout_settings: CheckoutSettingsData | None
    payment_settings: PaymentSettingsData | None
    add_warehouses: list[str] | None
    remove_warehouses: list[str] | None
    add_shipping_zones: list[str] | None
    remove_shipping_zones: list[str] | None
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None


def create_channel(data: ChannelData) -> Channel:
    """Create a channel with its tax configuration; refuses UNIQUE and NOT_FOUND."""
    channel = Channel()
    _save(channel, data)
    TaxConfiguration.objects.create(channel=channel)
    emit("CHANNEL_CREATED", channel)
    return channel


def update_channel(channel: Channel, data: ChannelData) -> None:
    """Change a channel; refuses UNIQUE and NOT_FOUND."""
    _save(channel, data)
    emit("CHANNEL_UPDATED", channel)


def _save(channel: Channel, data: ChannelData) -> None:
    set_given(channel, data, "name", "slug", "currency_code", "default_country", "is_active")
    for settings in (
        data.get("stock_settings"),
        data.get("order_settings"),
        data.get("checkout_settings"),
        data.get("payment_settings"),
    ):
        for name, value in dict(settings or {}).items():
            setattr(channel, name, value)
    merge_metadata(channel, data)
    same_slug = Channel.objects.filter(slug=channel.slug).exclude(pk=channel.pk)
    if same_slug.exists():
        raise refuse("UNIQUE", "Channel with this Slug already exists.", field="slug")
    channel.save()
    _link_warehouses(channel, data.get("add_warehouses"), data.get("remove_warehouses"))
    channel.shipping_zones.add(*ids.pks(data.get("add_shipping_zones"), "ShippingZone"))
    channel.shipping_zones.remove(*ids.pks(data.get("remove_shipping_zones"), "ShippingZone"))


def _link_warehouses(channel: Channel, add: list[str] | None, remove: list[str] | None) -> None:
    found = Warehouse.objects.in_bulk(ids.pks(add, "Warehouse"))
    if len(found) < len(set(add or [])):
        raise refuse("NOT_FOUND", "Couldn't resolve to a warehouse.", field="addWarehouses")
    links = ChannelWarehouse.objects.filter(channel=channel)
    linked = set(links.values_list("warehouse_id", flat=True))
    ChannelWarehouse.objects.bulk_create(
        ChannelWarehouse(channel=channel, warehouse_id=pk) for pk in found if pk not in linked
    )
    links.filter(warehouse_id__in=ids.pks(remove, "Warehouse")).delete()
