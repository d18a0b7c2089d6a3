"""Refreshing an order's charged and authorized amounts, and its statuses."""

from django.db.models import Sum

from marketplace.embedded import statuses
from marketplace.embedded.models.fulfillment import FulfillmentLine
from marketplace.embedded.models.order import Order, OrderStatus

UNTOUCHED = (OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED)


def refresh_amounts(order: Order) -> None:
    """Refresh and save the order's amounts and payment statuses, from transactions and refunds."""
    sums = order.transactions.aggregate(
        charged=Sum("charged_minor", default=0), authorized=Sum("authorized_minor", default=0)
    )
    granted = order.granted_refunds.aggregate(granted=Sum("amount_minor", default=0))["granted"]
    total = order.total_gross_minor
    order.total_charged_minor = sums["charged"]
    order.total_authorized_minor = sums["authorized"]
    order.charge_status = statuses.charge_status(
        total=total, granted=granted, charged=sums["charged"]
    )
    order.authorize_status = statuses.authorize_status(
        total=total, granted=granted, authorized=sums["authorized"], charged=sums["charged"]
    )
    order.save(
        update_fields=[
            "total_charged_minor",
            "total_authorized_minor",
            "charge_status",
            "authorize_status",
            "updated_at",
        ]
    )


def refresh_status(order: Order) -> None:
    """Derive the order's status from its lines and fulfilments, and save it.

    Replaced units count as neither ordered nor fulfilled: another order has them.
    """
    if order.status in UNTOUCHED:
        return
    units = order.lines.aggregate(
        ordered=Sum("quantity", default=0), fulfilled=Sum("quantity_fulfilled", default=0)
    )
    moved: dict[str, int] = dict(
        FulfillmentLine.objects.filter(fulfillment__order=order)
        .values_list("fulfillment__status")
        .annotate(units=Sum("quantity"))
    )
    replaced = moved.get("REPLACED", 0)
    if units["ordered"] == replaced:
        return
    order.status = statuses.fulfillment_status(
        ordered=units["ordered"] - replaced,
        fulfilled=units["fulfilled"] - replaced - moved.get("WAITING_FOR_APPROVAL", 0),
        returned=moved.get("RETURNED", 0) + moved.get("REFUNDED_AND_RETURNED", 0),
    )
    order.save(update_fields=["status", "updated_at"])
