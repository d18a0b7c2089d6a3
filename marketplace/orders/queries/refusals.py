"""What cooperatives could not deliver of an order, for the pages of both sides."""

from marketplace.orders.models import Order, Refusal, VendorOrder
from vendors.scoping import Crossing


def refusals_of(vendor_order: VendorOrder) -> list[Refusal]:
    """The refusals of a vendor order with their lines, oldest first."""
    return list(vendor_order.refusals.prefetch_related("lines__line"))


def refusals_of_order(order: Order) -> list[Refusal]:
    """The refusals of all parts of an order with their lines, oldest first."""
    rows = Refusal.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order_id=order.pk)
    return list(rows.prefetch_related("lines__line").order_by("refused_at", "pk"))
