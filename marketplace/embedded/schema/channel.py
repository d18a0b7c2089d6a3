"""Channels: reading and setting up markets."""

from typing import Any

import graphene
from django.db.models import QuerySet

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.address import CountryDisplay
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
    metadata_dict,
)
from marketplace.embedded.schema.enums import (
    AllocationStrategyEnum,
    CountryCode,
    MarkAsPaidStrategyEnum,
    TransactionFlowStrategyEnum,
)
from marketplace.embedded.schema.mutation import EngineMutation, UpdateMutation, error_type
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import Day, Minute
from marketplace.embedded.webhooks import emit

ChannelError = error_type(
    "ChannelError",
    *("ALREADY_EXISTS", "INVALID", "NOT_FOUND", "REQUIRED", "UNIQUE", "DUPLICATED_INPUT_ITEM"),
    shipping_zones=list_of(graphene.ID),
    warehouses=list_of(graphene.ID),
)


class StockSettings(graphene.ObjectType):
    """How stock is allocated."""

    allocation_strategy = AllocationStrategyEnum(required=True)


class OrderSettings(graphene.ObjectType):
    """What happens with new orders."""

    automatically_confirm_all_new_orders = graphene.Boolean(required=True)
    automatically_fulfill_non_shippable_gift_card = graphene.Boolean(required=True)
    expire_orders_after = graphene.Field(Minute)
    mark_as_paid_strategy = MarkAsPaidStrategyEnum(required=True)
    delete_expired_orders_after = graphene.Field(Day, required=True)
    allow_unpaid_orders = graphene.Boolean(required=True)


class CheckoutSettings(graphene.ObjectType):
    """How checkouts behave."""

    use_legacy_error_flow = graphene.Boolean(required=True)
    automatically_complete_fully_paid_checkouts = graphene.Boolean(required=True)


class PaymentSettings(graphene.ObjectType):
    """How payments are taken."""

    default_transaction_flow_strategy = TransactionFlowStrategyEnum(required=True)


class Channel(ModelType):
    """A market with its currency."""

    class Meta:
        model = models.Channel
        interfaces = (Node, ObjectWithMetadata)

    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    currency_code = graphene.String(required=True)
    has_orders = graphene.Boolean(required=True)
    default_country = graphene.Field(CountryDisplay, required=True)
    warehouses = list_of(type_of(models.Warehouse), required=True)
    countries = list_of(CountryDisplay)
    stock_settings = graphene.Field(StockSettings, required=True)
    order_settings = graphene.Field(OrderSettings, required=True)
    checkout_settings = graphene.Field(CheckoutSettings, required=True)
    payment_settings = graphene.Field(PaymentSettings, required=True)
    tax_configuration = graphene.Field(type_of(models.TaxConfiguration), required=True)

    # Buyers know a channel by its slug alone.
    @staticmethod
    def resolve_name(root: models.Channel, info: Info) -> str:
        context_of(info).require_staff_or_app()
        return root.name

    @staticmethod
    def resolve_is_active(root: models.Channel, info: Info) -> bool:
        context_of(info).require_staff_or_app()
        return root.is_active

    @staticmethod
    def resolve_currency_code(root: models.Channel, info: Info) -> str:
        context_of(info).require_staff_or_app()
        return root.currency_code

    @staticmethod
    def resolve_default_country(root: models.Channel, info: Info) -> str:
        context_of(info).require_staff_or_app()
        return root.default_country

    @staticmethod
    def resolve_has_orders(root: models.Channel, info: Info) -> bool:
        context_of(info).require("MANAGE_CHANNELS")
        return models.Order.objects.filter(channel=root).exists()

    @staticmethod
    def resolve_warehouses(root: models.Channel, info: Info) -> list[Any]:
        context_of(info).require_staff_or_app()
        return [related_one(link, "warehouse") for link in related_many(root, "warehouse_links")]

    @staticmethod
    def resolve_countries(root: models.Channel, _info: Info) -> list[str]:
        zones = related_many(root, "shipping_zones")
        return sorted({country for zone in zones for country in zone.countries})

    @staticmethod
    def resolve_stock_settings(root: models.Channel, info: Info) -> models.Channel:
        context_of(info).require("MANAGE_CHANNELS", "MANAGE_ORDERS", "MANAGE_CHECKOUTS")
        return root

    @staticmethod
    def resolve_order_settings(root: models.Channel, info: Info) -> models.Channel:
        context_of(info).require("MANAGE_CHANNELS", "MANAGE_ORDERS")
        return root

    @staticmethod
    def resolve_checkout_settings(root: models.Channel, info: Info) -> models.Channel:
        context_of(info).require("MANAGE_CHANNELS", "MANAGE_CHECKOUTS")
        return root

    @staticmethod
    def resolve_payment_settings(root: models.Channel, info: Info) -> models.Channel:
        context_of(info).require("MANAGE_CHANNELS", "HANDLE_PAYMENTS")
        return root

    @staticmethod
    def resolve_tax_configuration(root: models.Channel, info: Info) -> Any:
        context_of(info).require_staff_or_app()
        return root.tax_configuration


class StockSettingsInput(graphene.InputObjectType):
    """How stock is allocated."""

    allocation_strategy = AllocationStrategyEnum(required=True)


class OrderSettingsInput(graphene.InputObjectType):
    """What happens with new orders."""

    automatically_confirm_all_new_orders = graphene.Boolean()
    automatically_fulfill_non_shippable_gift_card = graphene.Boolean()
    expire_orders_after = graphene.InputField(Minute)
    delete_expired_orders_after = graphene.InputField(Day)
    mark_as_paid_strategy = MarkAsPaidStrategyEnum()
    allow_unpaid_orders = graphene.Boolean()


class CheckoutSettingsInput(graphene.InputObjectType):
    """How checkouts behave."""

    use_legacy_error_flow = graphene.Boolean()
    automatically_complete_fully_paid_checkouts = graphene.Boolean()


class PaymentSettingsInput(graphene.InputObjectType):
    """How payments are taken."""

    default_transaction_flow_strategy = TransactionFlowStrategyEnum()


class _ChannelInput(graphene.InputObjectType):
    class Meta:
        abstract = True

    is_active = graphene.Boolean()
    stock_settings = graphene.InputField(StockSettingsInput)
    add_shipping_zones = list_of(graphene.ID)
    add_warehouses = list_of(graphene.ID)
    order_settings = graphene.InputField(OrderSettingsInput)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    checkout_settings = graphene.InputField(CheckoutSettingsInput)
    payment_settings = graphene.InputField(PaymentSettingsInput)


class ChannelCreateInput(_ChannelInput):
    """A new market."""

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    currency_code = graphene.String(required=True)
    default_country = CountryCode(required=True)


class ChannelUpdateInput(_ChannelInput):
    """Changes of a market; its currency cannot change."""

    name = graphene.String()
    slug = graphene.String()
    default_country = CountryCode()
    remove_shipping_zones = list_of(graphene.ID)
    remove_warehouses = list_of(graphene.ID)


_PLAIN = ("name", "slug", "currency_code", "default_country", "is_active")
_GROUPS = ("stock_settings", "order_settings", "checkout_settings", "payment_settings")


def _apply(channel: models.Channel, data: dict[str, Any]) -> None:
    for name in _PLAIN:
        if data.get(name) is not None:
            setattr(channel, name, data[name])
    for group in _GROUPS:
        for name, value in (data.get(group) or {}).items():
            setattr(channel, name, value)
    channel.metadata.update(metadata_dict(data.get("metadata")))
    channel.private_metadata.update(metadata_dict(data.get("private_metadata")))
    same_slug = models.Channel.objects.filter(slug=channel.slug).exclude(pk=channel.pk)
    if same_slug.exists():
        raise refuse("UNIQUE", "Channel with this Slug already exists.", field="slug")
    channel.save()
    _link(channel, data)


def _link(channel: models.Channel, data: dict[str, Any]) -> None:
    found = models.Warehouse.objects.in_bulk(ids.pks(data.get("add_warehouses"), "Warehouse"))
    if len(found) < len(set(data.get("add_warehouses") or [])):
        raise refuse("NOT_FOUND", "Couldn't resolve to a warehouse.", field="addWarehouses")
    known = models.ChannelWarehouse.objects.filter(channel=channel)
    linked = set(known.values_list("warehouse_id", flat=True))
    models.ChannelWarehouse.objects.bulk_create(
        models.ChannelWarehouse(channel=channel, warehouse_id=pk)
        for pk in found
        if pk not in linked
    )
    known.filter(warehouse_id__in=ids.pks(data.get("remove_warehouses"), "Warehouse")).delete()
    channel.shipping_zones.add(*ids.pks(data.get("add_shipping_zones"), "ShippingZone"))
    channel.shipping_zones.remove(*ids.pks(data.get("remove_shipping_zones"), "ShippingZone"))


class ChannelCreate(EngineMutation):
    """Create a market; its tax configuration comes with it."""

    class Meta:
        error_type = ChannelError
        permissions = ("MANAGE_CHANNELS",)

    class Arguments:
        input = ChannelCreateInput(required=True)

    channel = graphene.Field(Channel)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "ChannelCreate":
        channel = models.Channel()
        _apply(channel, input)
        models.TaxConfiguration.objects.create(channel=channel)
        emit("CHANNEL_CREATED", channel)
        return cls(channel=channel)


class ChannelUpdate(UpdateMutation):
    """Change a market."""

    class Meta:
        error_type = ChannelError
        permissions = ("MANAGE_CHANNELS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = ChannelUpdateInput(required=True)

    channel = graphene.Field(Channel)

    row_type = "Channel"

    @classmethod
    def rows(cls) -> QuerySet[models.Channel]:
        return models.Channel.objects.all()

    @classmethod
    def apply(cls, row: models.Channel, data: dict[str, Any]) -> None:
        _apply(row, data)


class ChannelQueries:
    """Reads about channels."""

    channel = graphene.Field(Channel, id=graphene.ID(), slug=graphene.String())
    channels = list_of(Channel)

    @staticmethod
    def resolve_channel(
        _root: Any,
        info: Info,
        id: str | None = None,
        slug: str | None = None,
    ) -> models.Channel | None:
        if id is not None:
            return ids.find(models.Channel.objects.all(), id, "Channel")
        return models.Channel.objects.filter(slug=slug).first()

    @staticmethod
    def resolve_channels(_root: Any, info: Info) -> list[models.Channel]:
        context_of(info).require_staff_or_app()
        return list(models.Channel.objects.all())


class ChannelMutations:
    """Writes about channels."""

    channel_create = ChannelCreate.Field()
    channel_update = ChannelUpdate.Field()
