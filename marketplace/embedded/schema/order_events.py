"""The event types of checkouts, orders, fulfilments and payments."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.checkouts.prices import TaxBase, TaxLine
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.payments.actions import RequestedAction
from marketplace.embedded.payments.sessions import Session
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import Info, ResolvesByModel, global_id_of, list_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.checkout_types import Checkout, CheckoutLine
from marketplace.embedded.schema.delivery import ShippingMethod
from marketplace.embedded.schema.enums import TransactionFlowStrategyEnum
from marketplace.embedded.schema.events import event_type
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.order_types import Fulfillment, Order, OrderLine
from marketplace.embedded.schema.payment_types import (
    OrderGrantedRefund,
    TransactionActionEnum,
    TransactionItem,
)
from marketplace.embedded.schema.scalars import JSON, PositiveDecimal
from marketplace.embedded.webhooks.events import Occurrence


class TaxSourceObject(ResolvesByModel, graphene.Union):
    """What is taxed."""

    class Meta:
        types = (Checkout, Order)


class TaxSourceLine(ResolvesByModel, graphene.Union):
    """The line that is taxed."""

    class Meta:
        types = (CheckoutLine, OrderLine)


class OrderOrCheckout(ResolvesByModel, graphene.Union):
    """What is paid."""

    class Meta:
        types = (Checkout, Order)


class TaxableObjectDiscount(graphene.ObjectType):
    """A discount over the whole (none is given here)."""

    name = graphene.String()
    amount = graphene.Field(Money, required=True)


class TaxableObjectLine(graphene.ObjectType):
    """One line to be taxed."""

    source_line = graphene.Field(TaxSourceLine, required=True)
    quantity = graphene.Int(required=True)
    charge_taxes = graphene.Boolean(required=True)
    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    unit_price = graphene.Field(Money, required=True)
    total_price = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_source_line(root: TaxLine, _info: Info) -> Any:
        return root.source

    @staticmethod
    def resolve_unit_price(root: TaxLine, _info: Info) -> MoneyValue:
        return MoneyValue(root.unit_minor, root.currency)

    @staticmethod
    def resolve_total_price(root: TaxLine, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_minor, root.currency)


class TaxableObject(graphene.ObjectType):
    """Everything a tax App needs to know."""

    source_object = graphene.Field(TaxSourceObject, required=True)
    prices_entered_with_tax = graphene.Boolean(required=True)
    currency = graphene.String(required=True)
    shipping_price = graphene.Field(Money, required=True)
    address = graphene.Field(Address)
    discounts = list_of(TaxableObjectDiscount, required=True)
    lines = list_of(TaxableObjectLine, required=True)
    channel = graphene.Field(Channel, required=True)

    @staticmethod
    def resolve_source_object(root: TaxBase, _info: Info) -> Any:
        return root.source

    @staticmethod
    def resolve_shipping_price(root: TaxBase, _info: Info) -> MoneyValue:
        return MoneyValue(root.shipping_minor, root.currency)

    @staticmethod
    def resolve_discounts(_root: TaxBase, _info: Info) -> list[Any]:
        return []


class TransactionAction(graphene.ObjectType):
    """What a payment App is asked to do."""

    action_type = TransactionActionEnum(required=True)
    amount = PositiveDecimal(required=True)
    currency = graphene.String(required=True)

    @staticmethod
    def resolve_action_type(root: RequestedAction, _info: Info) -> str:
        return root.kind

    @staticmethod
    def resolve_amount(root: RequestedAction, _info: Info) -> Any:
        return MoneyValue(root.amount_minor, root.transaction.currency).decimal

    @staticmethod
    def resolve_currency(root: RequestedAction, _info: Info) -> str:
        return root.transaction.currency


class TransactionProcessAction(graphene.ObjectType):
    """What a payment session is to end in."""

    amount = PositiveDecimal(required=True)
    currency = graphene.String(required=True)
    action_type = TransactionFlowStrategyEnum(required=True)

    @staticmethod
    def resolve_amount(root: Session, _info: Info) -> Any:
        return MoneyValue(root.amount_minor, root.source.currency).decimal

    @staticmethod
    def resolve_currency(root: Session, _info: Info) -> str:
        return root.source.currency

    @staticmethod
    def resolve_action_type(root: Session, _info: Info) -> str:
        return root.action


def _subject(occurrence: Occurrence) -> Any:
    return occurrence.subject


def _order(occurrence: Occurrence) -> Any:
    return occurrence.subject.order


def _part(name: str) -> Any:
    return lambda occurrence: getattr(occurrence.subject, name)


for _name in (
    *("OrderCreated", "OrderConfirmed", "OrderPaid", "OrderFullyPaid", "OrderUpdated"),
    *("OrderFulfilled", "OrderRefunded", "OrderFullyRefunded", "OrderCancelled"),
    *("OrderExpired", "OrderMetadataUpdated"),
):
    event_type(_name, order=(graphene.Field(Order), _subject))

event_type("OrderBulkCreated", orders=(list_of(Order), _subject))

for _name in ("FulfillmentCreated", "FulfillmentApproved"):
    event_type(
        _name,
        fulfillment=(graphene.Field(Fulfillment), _subject),
        order=(graphene.Field(Order), _order),
        notify_customer=(graphene.Boolean(required=True), lambda _occurrence: False),
    )
for _name in (
    "FulfillmentCanceled",
    "FulfillmentTrackingNumberUpdated",
    "FulfillmentMetadataUpdated",
):
    event_type(
        _name,
        fulfillment=(graphene.Field(Fulfillment), _subject),
        order=(graphene.Field(Order), _order),
    )
for _name in (
    "CheckoutCreated",
    "CheckoutUpdated",
    "CheckoutFullyPaid",
    "CheckoutMetadataUpdated",
):
    event_type(_name, checkout=(graphene.Field(Checkout), _subject))

event_type("CalculateTaxes", tax_base=(graphene.Field(TaxableObject, required=True), _subject))
event_type(
    "ShippingListMethodsForCheckout",
    checkout=(graphene.Field(Checkout), _subject),
    shipping_methods=(
        list_of(ShippingMethod),
        lambda occurrence: list(occurrence.subject.deliveries.all()),
    ),
)
event_type(
    "PaymentGatewayInitializeSession",
    source_object=(graphene.Field(OrderOrCheckout, required=True), _part("source")),
    data=(graphene.Field(JSON), _part("data")),
    amount=(
        PositiveDecimal(),
        lambda occurrence: _major(occurrence.subject.amount_minor, occurrence.subject.source),
    ),
)
_session_fields: dict[str, Any] = {
    "transaction": (graphene.Field(TransactionItem, required=True), _part("transaction")),
    "source_object": (graphene.Field(OrderOrCheckout, required=True), _part("source")),
    "data": (graphene.Field(JSON), _part("data")),
    "merchant_reference": (
        graphene.String(required=True),
        lambda occurrence: global_id_of(occurrence.subject.transaction),
    ),
    "customer_ip_address": (graphene.String(), _part("customer_ip_address")),
    "action": (graphene.Field(TransactionProcessAction, required=True), _subject),
}
event_type("TransactionProcessSession", **_session_fields)
event_type(
    "TransactionInitializeSession",
    **_session_fields,
    idempotency_key=(graphene.String(required=True), _part("idempotency_key")),
)
for _name in ("TransactionChargeRequested", "TransactionCancelationRequested"):
    event_type(
        _name,
        transaction=(graphene.Field(TransactionItem), _part("transaction")),
        action=(graphene.Field(TransactionAction, required=True), _subject),
    )
event_type(
    "TransactionRefundRequested",
    transaction=(graphene.Field(TransactionItem), _part("transaction")),
    action=(graphene.Field(TransactionAction, required=True), _subject),
    granted_refund=(graphene.Field(OrderGrantedRefund), _part("granted_refund")),
)
event_type(
    "TransactionItemMetadataUpdated",
    transaction=(graphene.Field(TransactionItem), _subject),
)


def _major(minor: int, source: models.Checkout | models.Order) -> Any:
    return MoneyValue(minor, source.currency).decimal
