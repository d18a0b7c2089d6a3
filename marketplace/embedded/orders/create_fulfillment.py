"""The fulfilments of an order, numbered from one."""

from django.db.models import Max

from marketplace.embedded.models import Fulfillment, Order


def create_fulfillment(
    order: Order, *, status: str, tracking_number: str = "", reason: str | None = None
) -> Fulfillment:
    """Create the next fulfilment of a locked order, without lines."""
    last = order.fulfillments.aggregate(last=Max("fulfillment_order", default=0))["last"]
    return Fulfillment.objects.create(
        order=order,
        fulfillment_order=last + 1,
        status=status,
        tracking_number=tracking_number,
        reason=reason,
    )
