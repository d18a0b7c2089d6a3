"""Checkouts as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts.delivery_options import (
    current_delivery_options,
    usable_delivery_options,
)
from marketplace.embedded.checkouts.prices import tax_configuration
from marketplace.embedded.language_codes import enum_code
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
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
from marketplace.embedded.schema.checkouts.checkout_line import CheckoutLine
from marketplace.embedded.schema.checkouts.prices import priced
from marketplace.embedded.schema.delivery import Delivery, DeliveryMethod, ShippingMethod
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.money import Money, TaxedMoney, taxed
from marketplace.embedded.schema.payments.transaction import TransactionItem

CheckoutAuthorizeStatusEnum = string_enum(
    "CheckoutAuthorizeStatusEnum", *models.CheckoutAuthorizeStatus.values
)
CheckoutChargeStatusEnum = string_enum(
    "CheckoutChargeStatusEnum", *models.CheckoutChargeStatus.values
)


class Checkout(ModelType):
    """A checkout."""

    class Meta:
        model = models.Checkout
        interfaces = (Node, ObjectWithMetadata)

    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    user = graphene.Field(User)
    channel = graphene.Field(Channel, required=True)
    billing_address = graphene.Field(Address)
    shipping_address = graphene.Field(Address)
    customer_note = graphene.String(required=True)
    shipping_methods = list_of(ShippingMethod, required=True)
    email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    stock_reservation_expires = graphene.DateTime()
    lines = list_of(CheckoutLine, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    delivery = graphene.Field(Delivery)
    shipping_method = graphene.Field(ShippingMethod)
    delivery_method = graphene.Field(DeliveryMethod)
    subtotal_price = graphene.Field(TaxedMoney, required=True)
    tax_exemption = graphene.Boolean(required=True)
    token = graphene.UUID(required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    total_balance = graphene.Field(Money, required=True)
    language_code = LanguageCodeEnum(required=True)
    transactions = list_of(TransactionItem)
    discount = graphene.Field(Money)
    discount_name = graphene.String()
    voucher_code = graphene.String()
    display_gross_prices = graphene.Boolean(required=True)
    authorize_status = CheckoutAuthorizeStatusEnum(required=True)
    charge_status = CheckoutChargeStatusEnum(required=True)

    @staticmethod
    def resolve_created(root: models.Checkout, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_token(root: models.Checkout, _info: Info) -> Any:
        return root.pk

    @staticmethod
    def resolve_user(root: models.Checkout, info: Info) -> Any:
        context = context_of(info)
        if not context.owns(root.user_id, "MANAGE_USERS", "HANDLE_PAYMENTS"):
            context.require("MANAGE_USERS", "HANDLE_PAYMENTS", "OWNER")
        return root.user

    @staticmethod
    def resolve_channel(root: models.Checkout, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_email(root: models.Checkout, _info: Info) -> str | None:
        return root.email or None

    @staticmethod
    def resolve_shipping_methods(root: models.Checkout, info: Info) -> list[Any]:
        if context_of(info).recipient is not None:
            return usable_delivery_options(root)
        return current_delivery_options(root)

    @staticmethod
    def resolve_is_shipping_required(root: models.Checkout, _info: Info) -> bool:
        return any(
            CheckoutLine.resolve_requires_shipping(line, _info)
            for line in related_many(root, "lines")
        )

    @staticmethod
    def resolve_quantity(root: models.Checkout, _info: Info) -> int:
        return sum(line.quantity for line in related_many(root, "lines"))

    @staticmethod
    def resolve_stock_reservation_expires(root: models.Checkout, _info: Info) -> Any:
        reservations = models.Reservation.objects.filter(checkout_line__checkout=root)
        return (
            reservations.order_by("reserved_until").values_list("reserved_until", flat=True).first()
        )

    @staticmethod
    def resolve_lines(root: models.Checkout, _info: Info) -> list[Any]:
        return related_many(root, "lines")

    @staticmethod
    def resolve_delivery(root: models.Checkout, _info: Info) -> Any:
        return related_one(root, "delivery") if root.delivery_id else None

    resolve_shipping_method = resolve_delivery
    resolve_delivery_method = resolve_delivery

    @staticmethod
    def resolve_shipping_price(root: models.Checkout, info: Info) -> TaxedMoneyValue:
        now = priced(root, info)
        return taxed(now.shipping_net_minor, now.shipping_gross_minor, now.currency)

    @staticmethod
    def resolve_subtotal_price(root: models.Checkout, info: Info) -> TaxedMoneyValue:
        now = priced(root, info)
        return taxed(now.subtotal_net_minor, now.subtotal_gross_minor, now.currency)

    @staticmethod
    def resolve_total_price(root: models.Checkout, info: Info) -> TaxedMoneyValue:
        now = priced(root, info)
        return taxed(now.total_net_minor, now.total_gross_minor, now.currency)

    @staticmethod
    def resolve_total_balance(root: models.Checkout, info: Info) -> MoneyValue:
        charged = sum(item.charged_minor for item in related_many(root, "transactions"))
        return MoneyValue(charged - priced(root, info).total_gross_minor, root.currency)

    @staticmethod
    def resolve_discount(root: models.Checkout, info: Info) -> MoneyValue:
        return MoneyValue(priced(root, info).discount_minor, root.currency)

    @staticmethod
    def resolve_discount_name(root: models.Checkout, info: Info) -> str | None:
        return priced(root, info).discount_name

    @staticmethod
    def resolve_voucher_code(root: models.Checkout, info: Info) -> str | None:
        return priced(root, info).voucher_code

    @staticmethod
    def resolve_tax_exemption(_root: models.Checkout, _info: Info) -> bool:
        return False

    @staticmethod
    def resolve_language_code(root: models.Checkout, _info: Info) -> str:
        return enum_code(root.language_code)

    @staticmethod
    def resolve_transactions(root: models.Checkout, info: Info) -> list[Any]:
        context_of(info).require("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")
        return related_many(root, "transactions")

    @staticmethod
    def resolve_display_gross_prices(root: models.Checkout, _info: Info) -> bool:
        return tax_configuration(root.channel).display_gross_prices

    @staticmethod
    def resolve_authorize_status(root: models.Checkout, info: Info) -> str:
        return priced(root, info).authorize_status

    @staticmethod
    def resolve_charge_status(root: models.Checkout, info: Info) -> str:
        return priced(root, info).charge_status
