"""Channels as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
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
from marketplace.embedded.schema.enums import (
    AllocationStrategyEnum,
    MarkAsPaidStrategyEnum,
    TransactionFlowStrategyEnum,
)
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import Day, Minute


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
    """A sales channel with its currency."""

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

    # Buyers see only a channel's slug and id.
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
