"""Recording that units of an order came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.embedded import webhooks
from marketplace.embedded.allocation import release
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import (
    Fulfillment,
    FulfillmentLine,
    FulfillmentStatus,
    Order,
    OrderLine,
)
from marketplace.embedded.orders.amounts import refresh_status
from marketplace.embedded.orders.create_fulfillment import create_fulfillment

# Fulfilments of which nothing is under way any more.
CLOSED = (
    FulfillmentStatus.CANCELED,
    FulfillmentStatus.REFUNDED,
    FulfillmentStatus.REPLACED,
    FulfillmentStatus.REFUNDED_AND_RETURNED,
    FulfillmentStatus.RETURNED,
)


@dataclass(frozen=True, slots=True)
class Returned:
    """Units to return: of what was sent, or of a line that was never sent."""

    source: FulfillmentLine | OrderLine
    quantity: int
    reason: str | None = None


def return_products(
    order: Order, returned: Sequence[Returned], *, reason: str | None = None
) -> Fulfillment:
    """Move units of a locked order into a fulfilment of returned ones, and return it.

    Stock is not changed: whether the units can be sold again is decided after inspecting them.
    Refuses REQUIRED (nothing to return), INVALID_QUANTITY (more than there is), and INVALID for
    units of a fulfilment that is cancelled or returned already.
    """
    if not returned:
        raise refuse("REQUIRED", "Provide lines to return.", field="fulfillmentLines")
    for each in returned:
        _check(each)
    target = create_fulfillment(order, status=FulfillmentStatus.RETURNED, reason=reason)
    for each in returned:
        _move(each, target)
    order.fulfillments.filter(lines=None).exclude(pk=target.pk).delete()
    refresh_status(order)
    order.save(update_fields=["updated_at"])
    webhooks.emit("ORDER_UPDATED", order)
    return target


def _check(returned: Returned) -> None:
    source = returned.source
    available = source.quantity_unfulfilled if isinstance(source, OrderLine) else source.quantity
    if not 0 < returned.quantity <= available:
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
