"""Confirming orders that wait for it."""

from marketplace.embedded import webhooks
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import App, Order, OrderEventType, OrderStatus, User
from marketplace.embedded.orders.history import record_event


def confirm_order(order: Order, *, by: App | User | None) -> None:
    """Confirm a locked order; refuses INVALID unless it is unconfirmed."""
    if order.status != OrderStatus.UNCONFIRMED:
        message = "Provided order id belongs to an order with wrong status."
        raise refuse("INVALID", message, field="id")
    order.status = OrderStatus.UNFULFILLED
    order.save(update_fields=["status", "updated_at"])
    record_event(order, OrderEventType.CONFIRMED, by=by)
    webhooks.emit("ORDER_UPDATED", order)
    webhooks.emit("ORDER_CONFIRMED", order)
