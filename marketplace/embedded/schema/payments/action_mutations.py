"""Requesting charges, refunds and cancellations."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.money import to_minor
from marketplace.embedded.payments.actions import request_action, request_granted_refund
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.payments.errors import (
    TransactionRequestActionError,
    TransactionRequestRefundForGrantedRefundError,
)
from marketplace.embedded.schema.payments.source import find_transaction
from marketplace.embedded.schema.payments.transaction import TransactionActionEnum
from marketplace.embedded.schema.payments.transaction_mutation import (
    TransactionKey,
    TransactionMutation,
)
from marketplace.embedded.schema.scalars import PositiveDecimal


class TransactionRequestAction(TransactionMutation):
    """Ask a payment's App to charge, refund or cancel."""

    class Arguments(TransactionKey):
        action_type = TransactionActionEnum(required=True)
        amount = PositiveDecimal()
        refund_reason = graphene.String()
        refund_reason_reference = graphene.ID()

    error_type = TransactionRequestActionError
    permissions = ("HANDLE_PAYMENTS",)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        transaction = find_transaction(arguments)
        kind = arguments["action_type"].value
        if arguments.get("refund_reason") and kind != "REFUND":
            message = "Reason can be set only for REFUND action."
            raise refuse("INVALID", message, field="refundReason")
        amount = arguments.get("amount")
        done = request_action(
            transaction,
            kind=kind,
            amount_minor=None if amount is None else to_minor(amount, transaction.currency),
            message=arguments.get("refund_reason") or "",
            by=context_of(info).caller,
        )
        return cls(transaction=done)


class TransactionRequestRefundForGrantedRefund(TransactionMutation):
    """Ask a payment's App to pay a granted refund."""

    class Arguments(TransactionKey):
        granted_refund_id = graphene.ID(required=True)

    error_type = TransactionRequestRefundForGrantedRefundError
    permissions = ("HANDLE_PAYMENTS",)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        granted = ids.fetch(
            models.GrantedRefund.objects.select_related("order"),
            arguments["granted_refund_id"],
            "OrderGrantedRefund",
            field="grantedRefundId",
        )
        is_named = arguments.get("id") or arguments.get("token")
        transaction = find_transaction(arguments) if is_named else granted.transaction
        if transaction is None or transaction.order_id != granted.order_id:
            message = "The granted refund belongs to another order."
            raise refuse("INVALID", message, field="grantedRefundId")
        done = request_granted_refund(transaction, granted, by=context_of(info).caller)
        return cls(transaction=done)
