"""The events of a new order: each vendor order, the order, and the sale of each listing."""

from collections.abc import Sequence

from marketplace.core.events import Event
from marketplace.orders.events import OrderedLine, OrderPlaced, SaleCounted, VendorOrderPlaced
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services.engine_orders.snapshot import OrderSnapshot


def placing_events(
    order: Order, snapshot: OrderSnapshot, made: Sequence[VendorOrder]
) -> list[Event]:
    """The events in the order in which they are published."""
    placed = OrderPlaced(
        aggregate_id=order.pk,
        occurred_at=order.placed_at,
        order_id=order.pk,
        number=order.number,
        currency=order.currency,
        total_minor=order.total_minor,
        payment_method=order.payment_method,
        vendor_order_ids=[vendor_order.pk for vendor_order in made],
    )
    sold = dict.fromkeys((line.listing_id for line in snapshot.lines), 0)
    for line in snapshot.lines:
        sold[line.listing_id] += line.quantity
    counted = [
        SaleCounted(
            aggregate_id=listing_id,
            occurred_at=order.placed_at,
            listing_id=listing_id,
            market=order.market,
            quantity=quantity,
        )
        for listing_id, quantity in sold.items()
    ]
    return [*(_vendor_order_placed(vendor_order) for vendor_order in made), placed, *counted]


def _vendor_order_placed(vendor_order: VendorOrder) -> VendorOrderPlaced:
    order = vendor_order.order
    return VendorOrderPlaced(
        aggregate_id=vendor_order.pk,
        occurred_at=vendor_order.placed_at,
        vendor_order_id=vendor_order.pk,
        order_id=order.pk,
        cooperative_id=vendor_order.cooperative_id,
        programme_id=vendor_order.programme_id,
        currency=vendor_order.currency,
        goods_minor=vendor_order.goods_minor,
        tax_minor=vendor_order.tax_minor,
        shipping_minor=vendor_order.shipping_minor,
        payment_method=order.payment_method,
        country_code=order.country_code,
        lines=[
            OrderedLine(
                line_id=line.pk,
                listing_id=line.listing_id,
                category_slug=line.category_slug,
                quantity=line.quantity,
                total_minor=line.total_minor,
                voucher_minor=line.discount_minor if vendor_order.is_discount_ours else 0,
                voucher_by=vendor_order.discount_by if vendor_order.is_discount_ours else "",
            )
            for line in vendor_order.lines.all()
        ],
    )
