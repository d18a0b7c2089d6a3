"""Orders, their lines, fulfilments and history, as the API shows them.

Whoever knows an order's id (a random UUID) may look at it, address and e-mail included, as at
Saleor: such an id is a secret between us and the engine.
"""

from typing import Any

import graphene

from marketplace.embedded import models, statuses, weights
from marketplace.embedded.channel_scope import in_channel
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.apps.app import App
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.checkout_types import taxed
from marketplace.embedded.schema.delivery import (
    DeliveryMethod,
    OrderDelivery,
    ShippingMethod,
    delivery_of,
)
from marketplace.embedded.schema.enums import JobStatusEnum, LanguageCodeEnum, string_enum
from marketplace.embedded.schema.money import Money, TaxedMoney, Weight
from marketplace.embedded.schema.payment_types import (
    OrderGrantedRefund,
    TransactionItem,
    owns,
)
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.warehouses.warehouse import Warehouse

MANAGE = ("MANAGE_ORDERS",)
OrderStatus = string_enum("OrderStatus", *models.OrderStatus.values)
OrderOriginEnum = string_enum("OrderOriginEnum", *models.OrderOrigin.values)
OrderAuthorizeStatusEnum = string_enum(
    "OrderAuthorizeStatusEnum", *models.OrderAuthorizeStatus.values
)
OrderChargeStatusEnum = string_enum("OrderChargeStatusEnum", *models.OrderChargeStatus.values)
FulfillmentStatus = string_enum("FulfillmentStatus", *models.FulfillmentStatus.values)
PaymentChargeStatusEnum = string_enum(
    "PaymentChargeStatusEnum",
    *("NOT_CHARGED", "PENDING", "PARTIALLY_CHARGED", "FULLY_CHARGED"),
    *("PARTIALLY_REFUNDED", "FULLY_REFUNDED", "REFUSED", "CANCELLED"),
)
OrderEventsEnum = string_enum("OrderEventsEnum", *models.OrderEventType.values)


class Allocation(ModelType):
    """Units promised to a line by a warehouse and not yet sent."""

    class Meta:
        model = models.Allocation
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    warehouse = graphene.Field(Warehouse, required=True)

    @staticmethod
    def resolve_quantity(root: models.Allocation, _info: Info) -> int:
        return root.quantity_allocated

    @staticmethod
    def resolve_warehouse(root: models.Allocation, _info: Info) -> Any:
        return related_one(related_one(root, "stock"), "warehouse")


class OrderLine(ModelType):
    """A variant as bought."""

    class Meta:
        model = models.OrderLine
        interfaces = (Node, ObjectWithMetadata)

    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    product_variant_id = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    quantity_fulfilled = graphene.Int(required=True)
    quantity_to_fulfill = graphene.Int(required=True)
    tax_rate = graphene.Float(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(TaxedMoney, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(TaxedMoney, required=True)
    is_price_overridden = graphene.Boolean()
    variant = graphene.Field(type_of(models.ProductVariant))
    translated_product_name = graphene.String(required=True)
    translated_variant_name = graphene.String(required=True)
    allocations = list_of(Allocation)
    tax_class_name = graphene.String()
    is_gift = graphene.Boolean()

    @staticmethod
    def resolve_quantity_to_fulfill(root: models.OrderLine, _info: Info) -> int:
        return root.quantity_unfulfilled

    @staticmethod
    def resolve_tax_rate(root: models.OrderLine, _info: Info) -> float:
        return float(root.tax_rate or 0)

    @staticmethod
    def resolve_unit_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        return taxed(root.unit_net_minor, root.unit_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_unit_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        net, gross = root.undiscounted_unit_net_minor, root.undiscounted_unit_gross_minor
        return taxed(net, gross, root.currency)

    @staticmethod
    def resolve_total_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        return taxed(root.total_net_minor, root.total_gross_minor, root.currency)

    @staticmethod
    def resolve_undiscounted_total_price(root: models.OrderLine, _info: Info) -> TaxedMoneyValue:
        net, gross = root.undiscounted_total_net_minor, root.undiscounted_total_gross_minor
        return taxed(net, gross, root.currency)

    @staticmethod
    def resolve_variant(root: models.OrderLine, _info: Info) -> Any:
        if not root.variant_id:
            return None
        channel = related_one(related_one(root, "order"), "channel")
        return in_channel(related_one(root, "variant"), channel.slug)

    @staticmethod
    def resolve_allocations(root: models.OrderLine, info: Info) -> list[Any]:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return related_many(root, "allocations")

    @staticmethod
    def resolve_is_gift(_root: models.OrderLine, _info: Info) -> bool:
        return False


class FulfillmentLine(ModelType):
    """Units of a line in a fulfilment."""

    class Meta:
        model = models.FulfillmentLine
        interfaces = (Node,)

    quantity = graphene.Int(required=True)
    order_line = graphene.Field(OrderLine)
    reason = graphene.String()

    @staticmethod
    def resolve_order_line(root: models.FulfillmentLine, _info: Info) -> Any:
        return related_one(root, "order_line")


class Fulfillment(ModelType):
    """A parcel, or what came back."""

    class Meta:
        model = models.Fulfillment
        interfaces = (Node, ObjectWithMetadata)

    fulfillment_order = graphene.Int(required=True)
    status = FulfillmentStatus(required=True)
    tracking_number = graphene.String(required=True)
    created = graphene.DateTime(required=True)
    lines = list_of(FulfillmentLine)
    status_display = graphene.String()
    warehouse = graphene.Field(Warehouse)
    shipping_refunded_amount = graphene.Field(Money)
    total_refunded_amount = graphene.Field(Money)
    reason = graphene.String()

    @staticmethod
    def resolve_created(root: models.Fulfillment, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_lines(root: models.Fulfillment, _info: Info) -> list[Any]:
        return related_many(root, "lines")

    @staticmethod
    def resolve_status_display(root: models.Fulfillment, _info: Info) -> str:
        return root.status.replace("_", " ").capitalize()

    @staticmethod
    def resolve_warehouse(root: models.Fulfillment, _info: Info) -> Any:
        for line in related_many(root, "lines"):
            if line.stock_id:
                return related_one(related_one(line, "stock"), "warehouse")
        return None

    @staticmethod
    def resolve_shipping_refunded_amount(root: models.Fulfillment, _info: Info) -> Any:
        return _refunded(root, root.shipping_refund_minor)

    @staticmethod
    def resolve_total_refunded_amount(root: models.Fulfillment, _info: Info) -> Any:
        return _refunded(root, root.total_refund_minor)


def _refunded(fulfillment: models.Fulfillment, minor: int | None) -> MoneyValue | None:
    if minor is None:
        return None
    return MoneyValue(minor, related_one(fulfillment, "order").currency)


class OrderEvent(ModelType):
    """An entry of an order's history."""

    class Meta:
        model = models.OrderEvent
        interfaces = (Node,)

    date = graphene.DateTime()
    type = OrderEventsEnum()
    user = graphene.Field(User)
    app = graphene.Field(App)
    message = graphene.String()


class Invoice(ModelType):
    """A document registered for an order."""

    class Meta:
        model = models.Invoice
        interfaces = (Node, ObjectWithMetadata)

    status = JobStatusEnum(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    number = graphene.String()
    url = graphene.String()
    order = graphene.Field(lambda: Order)


def _summed(transactions: list[models.TransactionItem], name: str) -> int:
    return sum(getattr(item, f"{name}_minor") for item in transactions)


def _total(name: str) -> Any:
    """Return the resolver of a sum over the order's transactions."""

    def resolve(root: models.Order, info: Info) -> MoneyValue:
        context_of(info).require(*MANAGE)
        return MoneyValue(_summed(related_many(root, "transactions"), name), root.currency)

    return staticmethod(resolve)


class Order(ModelType):
    """What was bought."""

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
    is_paid = graphene.Boolean(required=True)
    payment_status = PaymentChargeStatusEnum(required=True)
    payment_status_display = graphene.String(required=True)
    authorize_status = OrderAuthorizeStatusEnum(required=True)
    charge_status = OrderChargeStatusEnum(required=True)
    tax_exemption = graphene.Boolean(required=True)
    transactions = list_of(TransactionItem, required=True)
    total = graphene.Field(TaxedMoney, required=True)
    undiscounted_total = graphene.Field(TaxedMoney, required=True)
    shipping_method = graphene.Field(ShippingMethod)
    undiscounted_shipping_price = graphene.Field(Money, required=True)
    shipping_price = graphene.Field(TaxedMoney, required=True)
    shipping_tax_rate = graphene.Float(required=True)
    token = graphene.String(required=True)
    customer_note = graphene.String(required=True)
    weight = graphene.Field(Weight, required=True)
    redirect_url = graphene.String()
    subtotal = graphene.Field(TaxedMoney, required=True)
    status_display = graphene.String(required=True)
    can_finalize = graphene.Boolean(required=True)
    total_authorized = graphene.Field(Money, required=True)
    total_captured = graphene.Field(Money, required=True)
    total_charged = graphene.Field(Money, required=True)
    total_canceled = graphene.Field(Money, required=True)
    events = list_of(OrderEvent, required=True)
    total_balance = graphene.Field(Money, required=True)
    user_email = graphene.String()
    is_shipping_required = graphene.Boolean(required=True)
    delivery_method = graphene.Field(DeliveryMethod)
    language_code = graphene.String(required=True)
    language_code_enum = LanguageCodeEnum(required=True)
    display_gross_prices = graphene.Boolean(required=True)
    external_reference = graphene.String()
    checkout_id = graphene.ID()
    granted_refunds = list_of(OrderGrantedRefund, required=True)
    total_granted_refund = graphene.Field(Money, required=True)
    total_refunded = graphene.Field(Money, required=True)
    total_refund_pending = graphene.Field(Money, required=True)
    total_authorize_pending = graphene.Field(Money, required=True)
    total_charge_pending = graphene.Field(Money, required=True)
    total_cancel_pending = graphene.Field(Money, required=True)
    total_remaining_grant = graphene.Field(Money, required=True)

    resolve_total_refund_pending = _total("refund_pending")
    resolve_total_authorize_pending = _total("authorize_pending")
    resolve_total_charge_pending = _total("charge_pending")
    resolve_total_cancel_pending = _total("cancel_pending")

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
        if not owns(context, root.user_id, *allowed):
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
        if not owns(context_of(info), root.user_id, *MANAGE):
            context_of(info).require(*MANAGE, "OWNER")
        return related_many(root, "invoices")

    @staticmethod
    def resolve_events(root: models.Order, info: Info) -> list[Any]:
        context_of(info).require(*MANAGE)
        return related_many(root, "events")

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
        return Order.resolve_payment_status(root, info).replace("_", " ").capitalize()

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
    def resolve_delivery_method(root: models.Order, _info: Info) -> OrderDelivery | None:
        return delivery_of(root)

    resolve_shipping_method = resolve_delivery_method

    @staticmethod
    def resolve_weight(root: models.Order, _info: Info) -> Any:
        return weights.shown(root.weight_grams)

    @staticmethod
    def resolve_redirect_url(root: models.Order, _info: Info) -> str | None:
        return root.redirect_url or None

    @staticmethod
    def resolve_can_finalize(_root: models.Order, _info: Info) -> bool:
        return True

    @staticmethod
    def resolve_total_authorized(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_authorized_minor, root.currency)

    @staticmethod
    def resolve_total_charged(root: models.Order, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_charged_minor, root.currency)

    resolve_total_captured = resolve_total_charged

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
    def resolve_is_shipping_required(root: models.Order, _info: Info) -> bool:
        return any(line.is_shipping_required for line in related_many(root, "lines"))

    @staticmethod
    def resolve_language_code_enum(root: models.Order, _info: Info) -> str:
        return root.language_code.upper().replace("-", "_")

    @staticmethod
    def resolve_checkout_id(root: models.Order, _info: Info) -> str | None:
        return to_global_id("Checkout", root.checkout_token) if root.checkout_token else None

    @staticmethod
    def resolve_granted_refunds(root: models.Order, info: Info) -> list[Any]:
        context_of(info).require(*MANAGE)
        return related_many(root, "granted_refunds")

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
