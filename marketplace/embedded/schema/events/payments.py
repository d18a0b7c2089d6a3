"""Event types of payments."""

from typing import Any

import graphene

from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.payments.actions import RequestedAction
from marketplace.embedded.payments.sessions import Session
from marketplace.embedded.schema.base import Info, ResolvesByModel, global_id_of
from marketplace.embedded.schema.checkouts.checkout import Checkout
from marketplace.embedded.schema.enums import TransactionFlowStrategyEnum
from marketplace.embedded.schema.events.event import event_type, part_of_subject, subject_of
from marketplace.embedded.schema.orders.order import Order
from marketplace.embedded.schema.payments.granted_refund import OrderGrantedRefund
from marketplace.embedded.schema.payments.transaction import TransactionActionEnum, TransactionItem
from marketplace.embedded.schema.scalars import JSON, PositiveDecimal
from marketplace.embedded.webhooks.events import Occurrence


class OrderOrCheckout(ResolvesByModel, graphene.Union):
    """What is paid."""

    class Meta:
        types = (Checkout, Order)


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
    """The action that a payment session is for."""

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


def _amount(occurrence: Occurrence) -> Any:
    session = occurrence.subject
    return MoneyValue(session.amount_minor, session.source.currency).decimal


event_type(
    "PaymentGatewayInitializeSession",
    source_object=(graphene.Field(OrderOrCheckout, required=True), part_of_subject("source")),
    data=(graphene.Field(JSON), part_of_subject("data")),
    amount=(PositiveDecimal(), _amount),
)


_session_fields: dict[str, Any] = {
    "transaction": (graphene.Field(TransactionItem, required=True), part_of_subject("transaction")),
    "source_object": (graphene.Field(OrderOrCheckout, required=True), part_of_subject("source")),
    "data": (graphene.Field(JSON), part_of_subject("data")),
    "merchant_reference": (
        graphene.String(required=True),
        lambda occurrence: global_id_of(occurrence.subject.transaction),
    ),
    "customer_ip_address": (graphene.String(), part_of_subject("customer_ip_address")),
    "action": (graphene.Field(TransactionProcessAction, required=True), subject_of),
}

event_type("TransactionProcessSession", **_session_fields)

event_type(
    "TransactionInitializeSession",
    **_session_fields,
    idempotency_key=(graphene.String(required=True), part_of_subject("idempotency_key")),
)

for _name in ("TransactionChargeRequested", "TransactionCancelationRequested"):
    event_type(
        _name,
        transaction=(graphene.Field(TransactionItem), part_of_subject("transaction")),
        action=(graphene.Field(TransactionAction, required=True), subject_of),
    )

event_type(
    "TransactionRefundRequested",
    transaction=(graphene.Field(TransactionItem), part_of_subject("transaction")),
    action=(graphene.Field(TransactionAction, required=True), subject_of),
    granted_refund=(graphene.Field(OrderGrantedRefund), part_of_subject("granted_refund")),
)

event_type(
    "TransactionItemMetadataUpdated",
    transaction=(graphene.Field(TransactionItem), subject_of),
)
