"""What is known of an order that its projection may change, to be compared before and after."""

from typing import Any
from uuid import UUID

from marketplace.orders.models import Order, Parcel, VendorOrder, VendorOrderLine
from vendors.scoping import Crossing


def known_facts(order_id: UUID) -> list[Any]:
    """The order's payment, and the states and quantities of its vendor orders and parcels."""
    parts = VendorOrder.objects.crossing(Crossing.ENGINE_PROJECTION).filter(order_id=order_id)
    lines = VendorOrderLine.objects.crossing(Crossing.ENGINE_PROJECTION)
    parcels = Parcel.objects.crossing(Crossing.ENGINE_PROJECTION)
    rows = (
        Order.objects.filter(pk=order_id).values_list("payment_status", "cancelled_at"),
        parts.values_list("pk", "state", "cancelled_at"),
        lines.filter(vendor_order__order_id=order_id).values_list(
            "pk", "quantity_shipped", "quantity_returned"
        ),
        parcels.filter(vendor_order__order_id=order_id).values_list(
            "pk", "state", "tracking_number"
        ),
    )
    return [sorted(found, key=str) for found in rows]
