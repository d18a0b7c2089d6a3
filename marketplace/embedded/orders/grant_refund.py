"""Granting refunds: deciding how much of which lines goes back, before any money does."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models import (
    App,
    GrantedRefund,
    GrantedRefundLine,
    Order,
    OrderLine,
    TransactionItem,
    User,
)
from marketplace.embedded.orders.amounts import refresh_amounts


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
    """Grant a refund on a locked order within the open write, in minor units.

    Without an amount it is that of the lines and, if included, of the shipping. Refuses
    REQUIRED, SHIPPING_COSTS_ALREADY_GRANTED, AMOUNT_GREATER_THAN_AVAILABLE, and INVALID with the
    lines of which more units are claimed than remain.
    """
    if amount_minor is None and not lines and not include_shipping:
        raise refuse(
            "REQUIRED",
            "You must provide one of following parameters: `amount`, `lines`, "
            "`grantRefundForShipping`.",
            field="amount",
        )
    _check_lines(lines)
    if include_shipping and order.granted_refunds.filter(shipping_costs_included=True).exists():
        raise refuse(
            "SHIPPING_COSTS_ALREADY_GRANTED",
            "Shipping costs have already been granted.",
            field="grantRefundForShipping",
        )
    if amount_minor is None:
        amount_minor = sum(each.line.unit_gross_minor * each.quantity for each in lines)
        amount_minor += order.shipping_gross_minor if include_shipping else 0
    if amount_minor > transaction.charged_minor:
        raise refuse(
            "AMOUNT_GREATER_THAN_AVAILABLE",
            "The amount of granted refund cannot be greater than the charged amount of the "
            "transaction.",
            field="amount",
        )
    granted = GrantedRefund.objects.create(
        order=order,
        transaction=transaction,
        amount_minor=amount_minor,
        currency=order.currency,
        reason=reason,
        shipping_costs_included=include_shipping,
        **actor_fields(by),
    )
    GrantedRefundLine.objects.bulk_create(
        GrantedRefundLine(
            granted_refund=granted,
            order_line=each.line,
            quantity=each.quantity,
            reason=each.reason,
        )
        for each in lines
    )
    refresh_amounts(order)
    return granted


def _check_lines(lines: Sequence[RefundedLine]) -> None:
    problems = []
    for each in lines:
        granted = each.line.granted_refund_lines.exclude(
            granted_refund__status="FAILURE"
        ).aggregate(units=Sum("quantity", default=0))["units"]
        if each.quantity > each.line.quantity - granted:
            problems.append(
                {
                    "field": "quantity",
                    "message": "Cannot grant refund for more than the available quantity of the "
                    f"line ({each.line.quantity - granted}).",
                    "code": "QUANTITY_GREATER_THAN_AVAILABLE",
                    "line_id": to_global_id("OrderLine", each.line.pk),
                }
            )
    if problems:
        raise CommandError(
            {
                "code": "INVALID",
                "message": "Provided input for lines is invalid.",
                "field": "lines",
                "lines": problems,
            }
        )
