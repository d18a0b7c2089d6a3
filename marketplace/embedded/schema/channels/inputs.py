"""Inputs of channels."""

import graphene

from marketplace.embedded.schema.base import MetadataInput, list_of
from marketplace.embedded.schema.enums import (
    AllocationStrategyEnum,
    CountryCode,
    MarkAsPaidStrategyEnum,
    TransactionFlowStrategyEnum,
)
from marketplace.embedded.schema.scalars import Day, Minute


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
    """A new channel."""

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    currency_code = graphene.String(required=True)
    default_country = CountryCode(required=True)


class ChannelUpdateInput(_ChannelInput):
    """Changes of a channel; its currency cannot change."""

    name = graphene.String()
    slug = graphene.String()
    default_country = CountryCode()
    remove_shipping_zones = list_of(graphene.ID)
    remove_warehouses = list_of(graphene.ID)
