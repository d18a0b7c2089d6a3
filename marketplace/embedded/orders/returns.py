"""Units that came back, and orders that are called off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from marketplace.embedded import webhooks
from marketplace.embedded.allocation import release
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import (
    App,
    Fulfillment,
    FulfillmentLine,
    FulfillmentStatus,
    Order,
    OrderEvent,
    OrderLine,
    OrderStatus,
    User,
)
from marketplace.embedded.orders.amounts import refresh_status

CLOSED = (
    FulfillmentStatus.CANCELED,
    FulfillmentStatus.REFUNDED,
    FulfillmentStatus.REPLACED,
    FulfillmentStatus.REFUNDED_AND_RETURNED,
    FulfillmentStatus.RETURNED,
)


@dataclass(frozen=True, slots=True)
class Returned:
    """Units that came back: of what was sent, or of a line that never left."""

    source: FulfillmentLine | OrderLine
    quantity: int
    reason: str | None = None


def return_products(
    order: Order, returned: Sequence[Returned], *, reason: str | None = None
) -> Fulfillment:
    """Move units of a locked order into a fulfilment of returned ones. Within the open write.

    Stock is not touched: whoever looks at the goods decides whether they can be sold again.
    Refuses INVALID_QUANTITY (more than there is) and REQUIRED (nothing to return).
    """
    if not returned:
        raise refuse("REQUIRED", "Provide lines to return.", field="fulfillmentLines")
    for each in returned:
        _check(each)
    last = order.fulfillments.aggregate(last=Max("fulfillment_order", default=0))["last"]
    target = Fulfillment.objects.create(
        order=order,
        fulfillment_order=last + 1,
        status=FulfillmentStatus.RETURNED,
        reason=reason,
    )
    for each in returned:
        _move(each, target)
    order.fulfillments.filter(lines=None).exclude(pk=target.pk).delete()
    refresh_status(order)
    order.save(update_fields=["updated_at"])
    webhooks.emit("ORDER_UPDATED", order)
    return target


def _check(returned: Returned) -> None:
    source = returned.source
    there = source.quantity_unfulfilled if isinstance(source, OrderLine) else source.quantity
    if not 0 < returned.quantity <= there:
        is_line = isinstance(source, OrderLine)
        raise refuse(
            "INVALID_QUANTITY",
            "Provided quantity is bigger than quantity from fulfillment line",
            field="orderLineId" if is_line else "fulfillmentLineId",
        )
    if isinstance(source, FulfillmentLine) and source.fulfillment.status in CLOSED:
        raise refuse(
            "INVALID", "Provided fulfillment line cannot be returned.", field="fulfillmentLineId"
        )


def _move(returned: Returned, target: Fulfillment) -> None:
    source = returned.source
    if isinstance(source, OrderLine):
        line, stock = source, None
        release({source: returned.quantity})
        line.quantity_fulfilled += returned.quantity
        line.save(update_fields=["quantity_fulfilled"])
    else:
        line, stock = source.order_line, source.stock
        source.quantity -= returned.quantity
        if source.quantity:
            source.save(update_fields=["quantity"])
        else:
            source.delete()
    FulfillmentLine.objects.create(
        fulfillment=target,
        order_line=line,
        stock=stock,
        quantity=returned.quantity,
        reason=returned.reason,
    )


def cancel_order(order: Order, *, by: App | User | None) -> None:
    """Call off a locked order of which nothing is on its way. Within the open write.

    Its units can be sold again. Refuses CANNOT_CANCEL_ORDER.
    """
    done = order.status in (OrderStatus.CANCELED, OrderStatus.DRAFT, OrderStatus.EXPIRED)
    if done or order.fulfillments.exclude(status__in=CLOSED).exists():
        raise refuse("CANNOT_CANCEL_ORDER", "This order can't be canceled.", field="order")
    release({line: line.quantity_unfulfilled for line in order.lines.all()})
    order.status = OrderStatus.CANCELED
    order.save(update_fields=["status", "updated_at"])
    _note(order, "CANCELED", by)
    webhooks.emit("ORDER_CANCELLED", order)
    webhooks.emit("ORDER_UPDATED", order)


def confirm_order(order: Order, *, by: App | User | None) -> None:
    """Confirm a locked, unconfirmed order. Within the open write; refuses INVALID."""
    if order.status != OrderStatus.UNCONFIRMED:
        raise refuse(
            "INVALID", "Provided order id belongs to an order with wrong status.", field="id"
        )
    order.status = OrderStatus.UNFULFILLED
    order.save(update_fields=["status", "updated_at"])
    _note(order, "CONFIRMED", by)
    webhooks.emit("ORDER_UPDATED", order)
    webhooks.emit("ORDER_CONFIRMED", order)


def _note(order: Order, kind: str, by: App | User | None) -> None:
    OrderEvent.objects.create(
        order=order,
        type=kind,
        app=by if isinstance(by, App) else None,
        user=by if isinstance(by, User) else None,
    )
