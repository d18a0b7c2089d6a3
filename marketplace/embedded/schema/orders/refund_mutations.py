"""Granting refunds."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders.grant_refund import RefundedLine, grant_refund
from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.orders.errors import OrderGrantRefundCreateError
from marketplace.embedded.schema.orders.order_mutations import OrderMutation, reload_order
from marketplace.embedded.schema.payments.granted_refund import OrderGrantedRefund
from marketplace.embedded.schema.scalars import DecimalScalar


class OrderGrantRefundCreateLineInput(graphene.InputObjectType):
    """Units of a line that the refund covers."""

    id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    reason = graphene.String()


class OrderGrantRefundCreateInput(graphene.InputObjectType):
    """A refund; without an amount, that of its lines and shipping."""

    amount = graphene.InputField(DecimalScalar)
    reason = graphene.String()
    lines = list_of(OrderGrantRefundCreateLineInput)
    grant_refund_for_shipping = graphene.Boolean()
    transaction_id = graphene.ID(required=True)


class OrderGrantRefundCreate(OrderMutation):
    """Grant a refund."""

    class Arguments:
        id = graphene.ID(required=True)
        input = OrderGrantRefundCreateInput(required=True)

    error_type = OrderGrantRefundCreateError
    granted_refund = graphene.Field(OrderGrantedRefund)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        order = lock_order(id)
        transaction = ids.find(order.transactions.all(), input["transaction_id"], "TransactionItem")
        if transaction is None:
            raise refuse("NOT_FOUND", "The order has no such transaction.", field="transactionId")
        amount = input.get("amount")
        granted = grant_refund(
            order,
            transaction=transaction,
            amount_minor=None if amount is None else to_minor(amount, order.currency),
            lines=_refunded_lines(order, input.get("lines") or []),
            include_shipping=bool(input.get("grant_refund_for_shipping")),
            reason=input.get("reason") or "",
            by=context_of(info).caller,
        )
        return cls(order=reload_order(order), granted_refund=granted)


def _refunded_lines(order: models.Order, items: list[dict[str, Any]]) -> list[RefundedLine]:
    found = []
    problems = []
    for item in items:
        line = ids.find(order.lines.all(), item["id"], "OrderLine")
        if line is None or item["quantity"] <= 0:
            code = "NOT_FOUND" if line is None else "INVALID"
            message = "No such line, or no units of it."
            problems.append(
                {"field": "lineId", "message": message, "code": code, "line_id": item["id"]}
            )
            continue
        found.append(RefundedLine(line, item["quantity"], item.get("reason")))
    if problems:
        raise refuse(
            "INVALID", "Provided input for lines is invalid.", field="lines", lines=problems
        )
    return found
