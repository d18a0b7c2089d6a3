"""Setting the tracking number of a fulfilment, and cancelling it."""

from collections.abc import Sequence

from marketplace.embedded import webhooks
from marketplace.embedded.allocation import lock_stocks, save_stocks
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import (
    Allocation,
    Fulfillment,
    FulfillmentLine,
    FulfillmentStatus,
    OrderLine,
    Stock,
    Warehouse,
)
from marketplace.embedded.orders.amounts import refresh_status
from marketplace.embedded.orders.locking import lock_order_of


def update_tracking(fulfillment: Fulfillment, tracking_number: str) -> None:
    """Set the carrier's tracking number, within the open write."""
    lock_order_of(fulfillment)
    fulfillment.tracking_number = tracking_number
    fulfillment.save(update_fields=["tracking_number"])
    fulfillment.order.save(update_fields=["updated_at"])
    webhooks.emit("FULFILLMENT_TRACKING_NUMBER_UPDATED", fulfillment)
    webhooks.emit("ORDER_UPDATED", fulfillment.order)


def cancel_fulfillment(fulfillment: Fulfillment, warehouse: Warehouse | None) -> None:
    """Cancel a fulfilment within the open write: its units return to `warehouse`, allocated.

    Refuses CANNOT_CANCEL_FULFILLMENT unless it is fulfilled or waits for approval, and REQUIRED
    without a warehouse for units that had left.
    """
    order = lock_order_of(fulfillment)
    fulfillment.refresh_from_db()
    sent = fulfillment.status == FulfillmentStatus.FULFILLED
    if not sent and fulfillment.status != FulfillmentStatus.WAITING_FOR_APPROVAL:
        message = "This fulfillment can't be canceled"
        raise refuse("CANNOT_CANCEL_FULFILLMENT", message, field="fulfillment")
    if sent and warehouse is None:
        message = "This parameter is required for this fulfillment."
        raise refuse("REQUIRED", message, field="warehouseId")
    lines = list(fulfillment.lines.select_related("order_line__variant"))
    if warehouse is not None:
        _put_back(lines, warehouse)
    for line in lines:
        order_line = OrderLine.objects.get(pk=line.order_line_id)
        order_line.quantity_fulfilled = max(order_line.quantity_fulfilled - line.quantity, 0)
        order_line.save(update_fields=["quantity_fulfilled"])
    fulfillment.status = FulfillmentStatus.CANCELED
    fulfillment.save(update_fields=["status"])
    refresh_status(order)
    webhooks.emit("FULFILLMENT_CANCELED", fulfillment)
    webhooks.emit("ORDER_UPDATED", order)


def _put_back(lines: Sequence[FulfillmentLine], warehouse: Warehouse) -> None:
    """Return units to a warehouse's stock, and allocate them to their order lines there."""
    variants = [line.order_line.variant for line in lines if line.order_line.variant]
    for variant in variants:
        Stock.objects.get_or_create(variant=variant, warehouse=warehouse)
    found = Stock.objects.filter(warehouse=warehouse, variant__in=variants)
    locked = lock_stocks(found.values_list("pk", flat=True))
    by_variant = {stock.variant_id: stock for stock in locked.values()}
    for line in lines:
        stock = by_variant.get(line.order_line.variant_id or 0)
        if stock is None:
            continue
        stock.quantity += line.quantity
        stock.quantity_allocated += line.quantity
        allocation, _ = Allocation.objects.get_or_create(order_line=line.order_line, stock=stock)
        allocation.quantity_allocated += line.quantity
        allocation.save(update_fields=["quantity_allocated"])
    save_stocks(locked.values())
