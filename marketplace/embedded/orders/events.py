"""Which events an order's changes cause, in Saleor's order."""

from marketplace.embedded import webhooks
from marketplace.embedded.models.order import Order
from marketplace.embedded.models.payment import TransactionItem
from marketplace.embedded.payments.amounts import Amounts

PAID = ("FULL", "OVERCHARGED")


def order_placed(order: Order) -> None:
    """Tell of a new order, of its payment if there is one, and of its confirmation."""
    webhooks.emit("ORDER_CREATED", order)
    if order.charge_status in PAID:
        order_charged(order)
    if order.channel.automatically_confirm_all_new_orders:
        webhooks.emit("ORDER_CONFIRMED", order)


def order_charged(order: Order) -> None:
    """Tell that money came in, and that the order is paid in full when it is."""
    webhooks.emit("ORDER_PAID", order)
    if order.charge_status in PAID:
        webhooks.emit("ORDER_FULLY_PAID", order)
    webhooks.emit("ORDER_UPDATED", order)


def order_refunded(order: Order) -> None:
    """Tell that money went back, and when nothing is left to give back."""
    webhooks.emit("ORDER_REFUNDED", order)
    webhooks.emit("ORDER_UPDATED", order)
    refunded = sum(item.refunded_minor for item in order.transactions.all())
    if refunded >= order.total_gross_minor:
        webhooks.emit("ORDER_FULLY_REFUNDED", order)


def transaction_moved(order: Order, *, before: Amounts, transaction: TransactionItem) -> None:
    """Tell what a change of one transaction's amounts means for its order."""
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
