"""Cancelling orders."""

from marketplace.embedded import webhooks
from marketplace.embedded.allocation import release
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import App, Order, OrderEventType, OrderStatus, User
from marketplace.embedded.orders.history import record_event
from marketplace.embedded.orders.return_products import CLOSED

_NOT_CANCELABLE = (OrderStatus.CANCELED, OrderStatus.DRAFT, OrderStatus.EXPIRED)


def cancel_order(order: Order, *, by: App | User | None) -> None:
    """Cancel a locked order of which nothing has been sent; its units can be sold again.

    Refuses CANNOT_CANCEL_ORDER.
    """
    sent = order.fulfillments.exclude(status__in=CLOSED).exists()
    if order.status in _NOT_CANCELABLE or sent:
        raise refuse("CANNOT_CANCEL_ORDER", "This order can't be canceled.", field="order")
    release({line: line.quantity_unfulfilled for line in order.lines.all()})
    order.status = OrderStatus.CANCELED
    order.save(update_fields=["status", "updated_at"])
    record_event(order, OrderEventType.CANCELED, by=by)
    webhooks.emit("ORDER_CANCELLED", order)
    webhooks.emit("ORDER_UPDATED", order)
