"""Granted refunds as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.apps.app import App
from marketplace.embedded.schema.base import Info, ModelType, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.payments.transaction import TransactionEvent, TransactionItem
from marketplace.embedded.schema.references import type_of

OrderGrantedRefundStatusEnum = string_enum(
    "OrderGrantedRefundStatusEnum", *models.GrantedRefundStatus.values
)


class OrderGrantedRefundLine(ModelType):
    """Units of an order line that a granted refund covers."""

    class Meta:
        model = models.GrantedRefundLine

    id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    order_line = graphene.Field(type_of(models.OrderLine), required=True)
    reason = graphene.String()

    @staticmethod
    def resolve_order_line(root: models.GrantedRefundLine, _info: Info) -> Any:
        return related_one(root, "order_line")


class OrderGrantedRefund(ModelType):
    """A granted refund."""

    class Meta:
        model = models.GrantedRefund

    id = graphene.ID(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    amount = graphene.Field(Money, required=True)
    reason = graphene.String()
    user = graphene.Field(User)
    app = graphene.Field(App)
    shipping_costs_included = graphene.Boolean(required=True)
    lines = list_of(OrderGrantedRefundLine)
    status = OrderGrantedRefundStatusEnum(required=True)
    transaction_events = list_of(TransactionEvent)
    transaction = graphene.Field(TransactionItem)

    @staticmethod
    def resolve_amount(root: models.GrantedRefund, _info: Info) -> MoneyValue:
        return MoneyValue(root.amount_minor, root.currency)

    @staticmethod
    def resolve_lines(root: models.GrantedRefund, _info: Info) -> list[Any]:
        return related_many(root, "lines")

    @staticmethod
    def resolve_transaction_events(root: models.GrantedRefund, _info: Info) -> list[Any]:
        return related_many(root, "transaction_events")
