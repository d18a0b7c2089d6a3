"""The events that changes of an order cause, in Saleor's order."""

from marketplace.embedded import webhooks
from marketplace.embedded.models.order import Order
from marketplace.embedded.models.payment import TransactionItem
from marketplace.embedded.payments.amounts import Amounts

PAID = ("FULL", "OVERCHARGED")


def order_placed(order: Order) -> None:
    """Emit the events of a new order, of its payment if there is one, and of its confirmation."""
    webhooks.emit("ORDER_CREATED", order)
    if order.charge_status in PAID:
        order_charged(order)
    if order.channel.automatically_confirm_all_new_orders:
        webhooks.emit("ORDER_CONFIRMED", order)


def order_charged(order: Order) -> None:
    """Emit the events of a charge, and of the full payment when the order is fully paid."""
    webhooks.emit("ORDER_PAID", order)
    if order.charge_status in PAID:
        webhooks.emit("ORDER_FULLY_PAID", order)
    webhooks.emit("ORDER_UPDATED", order)


def order_refunded(order: Order) -> None:
    """Emit the events of a refund, and of the full refund when everything was refunded."""
    webhooks.emit("ORDER_REFUNDED", order)
    webhooks.emit("ORDER_UPDATED", order)
    refunded = sum(item.refunded_minor for item in order.transactions.all())
    if refunded >= order.total_gross_minor:
        webhooks.emit("ORDER_FULLY_REFUNDED", order)


def transaction_moved(order: Order, *, before: Amounts, transaction: TransactionItem) -> None:
    """Emit the events that a change of one transaction's amounts means for its order."""
    charged_more = transaction.charged_minor > before.charged
    refunded_more = transaction.refunded_minor > before.refunded
    if charged_more:
        order_charged(order)
    if refunded_more:
        order_refunded(order)
    if (
        not charged_more
        and not refunded_more
        and (
            transaction.charged_minor != before.charged
            or transaction.authorized_minor != before.authorized
        )
    ):
        webhooks.emit("ORDER_UPDATED", order)
