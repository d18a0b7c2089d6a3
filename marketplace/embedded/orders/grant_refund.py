"""Granting refunds: deciding what is refunded, before any money is returned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import refuse
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models import (
    App,
    GrantedRefund,
    GrantedRefundLine,
    GrantedRefundStatus,
    Order,
    OrderLine,
    TransactionItem,
    User,
)
from marketplace.embedded.orders.amounts import refresh_amounts

AMOUNT_TOO_LARGE = (
    "The amount of granted refund cannot be greater than the charged amount of the transaction."
)


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """Units of a line that the refund covers."""

    line: OrderLine
    quantity: int
    reason: str | None = None


def grant_refund(
    order: Order,
    *,
    transaction: TransactionItem,
    amount_minor: int | None,
    lines: Sequence[RefundedLine],
    include_shipping: bool,
    reason: str,
    by: App | User | None,
) -> GrantedRefund:
    """Grant a refund on a locked order, in minor units of its currency.

    Without an amount it is that of the lines and, if included, of the shipping. Refuses REQUIRED,
    SHIPPING_COSTS_ALREADY_GRANTED, AMOUNT_GREATER_THAN_AVAILABLE, and INVALID with the lines of
    which more units are claimed than remain.
    """
    if amount_minor is None:
        amount_minor = _amount_of(order, lines, include_shipping=include_shipping)
    _check_lines(lines)
    if include_shipping:
        _check_shipping(order)
    if amount_minor > transaction.charged_minor:
        raise refuse("AMOUNT_GREATER_THAN_AVAILABLE", AMOUNT_TOO_LARGE, field="amount")
    granted = GrantedRefund.objects.create(
        order=order,
        transaction=transaction,
        amount_minor=amount_minor,
        currency=order.currency,
        reason=reason,
        shipping_costs_included=include_shipping,
        **actor_fields(by),
    )
    _add_lines(granted, lines)
    refresh_amounts(order)
    return granted


def _amount_of(order: Order, lines: Sequence[RefundedLine], *, include_shipping: bool) -> int:
    if not lines and not include_shipping:
        message = (
            "You must provide one of following parameters: `amount`, `lines`, "
            "`grantRefundForShipping`."
        )
        raise refuse("REQUIRED", message, field="amount")
    of_lines = sum(each.line.unit_gross_minor * each.quantity for each in lines)
    return of_lines + (order.shipping_gross_minor if include_shipping else 0)


def _check_shipping(order: Order) -> None:
    if order.granted_refunds.filter(shipping_costs_included=True).exists():
        raise refuse(
            "SHIPPING_COSTS_ALREADY_GRANTED",
            "Shipping costs have already been granted.",
            field="grantRefundForShipping",
        )


def _check_lines(lines: Sequence[RefundedLine]) -> None:
    problems = []
    for each in lines:
        granted = each.line.granted_refund_lines.exclude(
            granted_refund__status=GrantedRefundStatus.FAILURE
        ).aggregate(units=Sum("quantity", default=0))["units"]
        available = each.line.quantity - granted
        if each.quantity > available:
            problems.append(
                {
                    "field": "quantity",
                    "message": "Cannot grant refund for more than the available quantity of the "
                    f"line ({available}).",
                    "code": "QUANTITY_GREATER_THAN_AVAILABLE",
                    "line_id": to_global_id("OrderLine", each.line.pk),
                }
            )
    if problems:
        raise refuse(
            "INVALID", "Provided input for lines is invalid.", field="lines", lines=problems
        )


def _add_lines(granted: GrantedRefund, lines: Sequence[RefundedLine]) -> None:
    GrantedRefundLine.objects.bulk_create(
        GrantedRefundLine(
            granted_refund=granted,
            order_line=each.line,
            quantity=each.quantity,
            reason=each.reason,
        )
        for each in lines
    )
