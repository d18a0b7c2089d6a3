"""Orders as the API shows them.

Whoever knows an order's id (a random UUID) may read it, address and e-mail included, as in Saleor:
such an id is a secret between us and the engine.
"""

from typing import Any

import graphene

from marketplace.embedded import models, weights
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.language_codes import enum_code
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.delivery import (
    DeliveryMethod,
    OrderDelivery,
    ShippingMethod,
    delivery_of,
)
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.money import Weight
from marketplace.embedded.schema.orders.access import MANAGE
from marketplace.embedded.schema.orders.fulfillment import Fulfillment
from marketplace.embedded.schema.orders.invoice import Invoice
from marketplace.embedded.schema.orders.order_amounts import (
    OrderAmounts,
)
from marketplace.embedded.schema.orders.order_event import OrderEvent
from marketplace.embedded.schema.orders.order_line import OrderLine
from marketplace.embedded.schema.payments.granted_refund import OrderGrantedRefund
from marketplace.embedded.schema.payments.transaction import TransactionItem

OrderStatus = string_enum("OrderStatus", *models.OrderStatus.values)
OrderOriginEnum = string_enum("OrderOriginEnum", *models.OrderOrigin.values)


class Order(OrderAmounts, ModelType):
    """An order."""

    class Meta:
        model = models.Order
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    status = OrderStatus(required=True)
    user = graphene.Field(User)
    tracking_client_id = graphene.String(required=True)
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    shipping_method_name = graphene.String()
    collection_point_name = graphene.String()
    channel = graphene.Field(Channel, required=True)
    fulfillments = list_of(Fulfillment, required=True)
    lines = list_of(OrderLine, required=True)
    invoices = list_of(Invoice, required=True)
    number = graphene.String(required=True)
    original = graphene.ID()
    origin = OrderOriginEnum(required=True)
    tax_exemption = graphene.Boolean(required=True)
    transactions = list_of(TransactionItem, required=True)
    shipping_method = graphene.Field(ShippingMethod)
    token = graphene.String(required=True)
    customer_note = graphene.String(required=True)
    weight = graphene.Field(Weight, required=True)
    redirect_url = graphene.String()
    status_display = graphene.String(required=True)
    can_finalize = graphene.Boolean(required=True)
    events = list_of(OrderEvent, required=True)
    user_email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    delivery_method = graphene.Field(DeliveryMethod)
    language_code = graphene.String(required=True)
    language_code_enum = LanguageCodeEnum(required=True)
    display_gross_prices = graphene.Boolean(required=True)
    external_reference = graphene.String()
    voucher_code = graphene.String()
    checkout_id = graphene.ID()
    granted_refunds = list_of(OrderGrantedRefund, required=True)

    @staticmethod
    def resolve_created(root: models.Order, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_token(root: models.Order, _info: Info) -> str:
        return str(root.pk)

    @staticmethod
    def resolve_tracking_client_id(_root: models.Order, _info: Info) -> str:
        return ""

    @staticmethod
    def resolve_user(root: models.Order, info: Info) -> Any:
        context = context_of(info)
        allowed = ("MANAGE_USERS", "MANAGE_ORDERS", "HANDLE_PAYMENTS")
        if not context.owns(root.user_id, *allowed):
            context.require(*allowed, "OWNER")
        return related_one(root, "user") if root.user_id else None

    @staticmethod
    def resolve_billing_address(root: models.Order, _info: Info) -> Any:
        return related_one(root, "billing_address") if root.billing_address_id else None

    @staticmethod
    def resolve_shipping_address(root: models.Order, _info: Info) -> Any:
        return related_one(root, "shipping_address") if root.shipping_address_id else None

    @staticmethod
    def resolve_user_email(root: models.Order, _info: Info) -> str | None:
        return root.user_email or None

    @staticmethod
    def resolve_shipping_method_name(root: models.Order, _info: Info) -> str | None:
        return root.shipping_method_name or None

    @staticmethod
    def resolve_channel(root: models.Order, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_fulfillments(root: models.Order, _info: Info) -> list[Any]:
        found = related_many(root, "fulfillments")
        if context_of(_info).is_staff_or_app:
            return found
        hidden = ("CANCELED", "WAITING_FOR_APPROVAL")
        return [each for each in found if each.status not in hidden]

    @staticmethod
    def resolve_lines(root: models.Order, _info: Info) -> list[Any]:
        return related_many(root, "lines")

    @staticmethod
    def resolve_invoices(root: models.Order, info: Info) -> list[Any]:
        if not context_of(info).owns(root.user_id, *MANAGE):
            context_of(info).require(*MANAGE, "OWNER")
        return related_many(root, "invoices")

    @staticmethod
    def resolve_events(root: models.Order, info: Info) -> list[Any]:
        context_of(info).require(*MANAGE)
        return related_many(root, "events")

    @staticmethod
    def resolve_status_display(root: models.Order, _info: Info) -> str:
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_tax_exemption(_root: models.Order, _info: Info) -> bool:
        return False

    @staticmethod
    def resolve_transactions(root: models.Order, info: Info) -> list[Any]:
        context_of(info).require("MANAGE_ORDERS", "HANDLE_PAYMENTS")
        return related_many(root, "transactions")

    @staticmethod
    def resolve_delivery_method(root: models.Order, _info: Info) -> OrderDelivery | None:
        return delivery_of(root)

    resolve_shipping_method = resolve_delivery_method

    @staticmethod
    def resolve_weight(root: models.Order, _info: Info) -> Any:
        return weights.in_shop_unit(root.weight_grams)

    @staticmethod
    def resolve_redirect_url(root: models.Order, _info: Info) -> str | None:
        return root.redirect_url or None

    @staticmethod
    def resolve_can_finalize(_root: models.Order, _info: Info) -> bool:
        return True

    @staticmethod
    def resolve_is_shipping_required(root: models.Order, _info: Info) -> bool:
        return any(line.is_shipping_required for line in related_many(root, "lines"))

    @staticmethod
    def resolve_language_code_enum(root: models.Order, _info: Info) -> str:
        return enum_code(root.language_code)

    @staticmethod
    def resolve_checkout_id(root: models.Order, _info: Info) -> str | None:
        return to_global_id("Checkout", root.checkout_token) if root.checkout_token else None

    @staticmethod
    def resolve_granted_refunds(root: models.Order, info: Info) -> list[Any]:
        context_of(info).require(*MANAGE)
        return related_many(root, "granted_refunds")
