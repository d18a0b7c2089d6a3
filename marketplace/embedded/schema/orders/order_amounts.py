"""The amounts of an order, and how far it is paid."""

from typing import Any

import graphene

from marketplace.embedded import models, statuses
from marketplace.embedded.models.base import related_many
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Money, TaxedMoney, taxed
from marketplace.embedded.schema.orders.access import MANAGE

OrderAuthorizeStatusEnum = string_enum(
    "OrderAuthorizeStatusEnum", *models.OrderAuthorizeStatus.values
)
OrderChargeStatusEnum = string_enum("OrderChargeStatusEnum", *models.OrderChargeStatus.values)
PaymentChargeStatusEnum = string_enum(
    "PaymentChargeStatusEnum",
    *("NOT_CHARGED", "PENDING", "PARTIALLY_CHARGED", "FULLY_CHARGED"),
    *("PARTIALLY_REFUNDED", "FULLY_REFUNDED", "REFUSED", "CANCELLED"),
)


def _summed(transactions: list[models.TransactionItem], name: str) -> int:
    return sum(getattr(item, f"{name}_minor") for item in transactions)


def _total(name: str) -> Any:
    """Return the resolver of a sum over the order's transactions."""

    def resolve(root: models.Order, info: Info) -> MoneyValue:
        context_of(info).require(*MANAGE)
        return MoneyValue(_summed(related_many(root, "transactions"), name), root.currency)

    return staticmethod(resolve)


class OrderAmounts:
    """Mixin of the Order type: its amounts, and how far it is paid."""

    is_paid = graphene.Boolean(required=True)
    payment_status = PaymentChargeStatusEnum(required=True)
    payment_status_display = graphene.String(required=True)
    authorize_status = OrderAuthorizeStatusEnum(required=True)
    charge_status = OrderChargeStatusEnum(required=True)
    total = graphene.Field(TaxedMoney, required=True)
    undiscounted_total = graphene.Field(TaxedMoney, required=True)
    undiscounted_shipping_price = graphene.Field(Money, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    shipping_tax_rate = graphene.Float(required=True)
    subtotal = graphene.Field(TaxedMoney, required=True)
    total_authorized = graphene.Field(Money, required=True)
    total_captured = graphene.Field(Money, required=True)
    total_charged = graphene.Field(Money, required=True)
    total_canceled = graphene.Field(Money, required=True)
    total_balance = graphene.Field(Money, required=True)
    total_granted_refund = graphene.Field(Money, required=True)
    total_refunded = graphene.Field(Money, required=True)
    total_refund_pending = graphene.Field(Money, required=True)
    total_authorize_pending = graphene.Field(Money, required=True)
    total_charge_pending = graphene.Field(Money, required=True)
    total_cancel_pending = graphene.Field(Money, required=True)
    total_remaining_grant = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_is_paid(root: models.Order, _info: Info) -> bool:
        return root.charge_status in ("FULL", "OVERCHARGED")

    @staticmethod
    def resolve_payment_status(root: models.Order, _info: Info) -> str:
        transactions = related_many(root, "transactions")
        return statuses.payment_status(
            total=root.total_gross_minor,
            charged=root.total_charged_minor,
            refunded=_summed(transactions, "refunded"),
            pending=_summed(transactions, "charge_pending"),
        )

    @staticmethod
    def resolve_payment_status_display(root: models.Order, info: Info) -> str:
        return OrderAmounts.resolve_payment_status(root, info).replace("_", " ").capitalize()

    @staticmethod
    def resolve_total(root: models.Order, _info: Info) -> TaxedMoneyValue:
        return taxed(root.total_net_minor, root.total_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_total(root: models.Order, _info: Info) -> TaxedMoneyValue:
        net, gross = root.undiscounted_total_net_minor, root.undiscounted_total_gross_minor
        return taxed(net, gross, root.currency)

    @staticmethod
    def resolve_subtotal(root: models.Order, _info: Info) -> TaxedMoneyValue:
        return taxed(root.subtotal_net_minor, root.subtotal_gross_minor, root.currency)

    @staticmethod
    def resolve_shipping_price(root: models.Order, _info: Info) -> TaxedMoneyValue:
        return taxed(root.shipping_net_minor, root.shipping_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_shipping_price(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(root.undiscounted_shipping_minor, root.currency)

    @staticmethod
    def resolve_shipping_tax_rate(root: models.Order, _info: Info) -> float:
        return float(root.shipping_tax_rate or 0)

    @staticmethod
    def resolve_total_authorized(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_authorized_minor, root.currency)

    @staticmethod
    def resolve_total_charged(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_charged_minor, root.currency)

    @staticmethod
    def resolve_total_canceled(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(_summed(related_many(root, "transactions"), "canceled"), root.currency)

    @staticmethod
    def resolve_total_refunded(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(_summed(related_many(root, "transactions"), "refunded"), root.currency)

    @staticmethod
    def resolve_total_balance(root: models.Order, _info: Info) -> MoneyValue:
        granted = sum(each.amount_minor for each in related_many(root, "granted_refunds"))
        balance = root.total_charged_minor - (root.total_gross_minor - granted)
        return MoneyValue(balance, root.currency)

    @staticmethod
    def resolve_total_granted_refund(root: models.Order, info: Info) -> MoneyValue:
        context_of(info).require(*MANAGE)
        granted = sum(each.amount_minor for each in related_many(root, "granted_refunds"))
        return MoneyValue(granted, root.currency)

    @staticmethod
    def resolve_total_remaining_grant(root: models.Order, info: Info) -> MoneyValue:
        context_of(info).require(*MANAGE)
        granted = sum(each.amount_minor for each in related_many(root, "granted_refunds"))
        transactions = related_many(root, "transactions")
        back = _summed(transactions, "refunded") + _summed(transactions, "refund_pending")
        return MoneyValue(max(granted - back, 0), root.currency)

    resolve_total_refund_pending = _total("refund_pending")
    resolve_total_authorize_pending = _total("authorize_pending")
    resolve_total_charge_pending = _total("charge_pending")
    resolve_total_cancel_pending = _total("cancel_pending")
    resolve_total_captured = resolve_total_charged
