"""Brings the engine's orders in: once, whoever comes first (webhook, completion or sweep).

Doubled, late and reordered news change nothing: an order is made under its own id, its row is
locked, and what an older answer says is passed over.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from marketplace.core.events import Event, publish_all
from marketplace.orders.events import OrderPlaced, SaleCounted
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Order,
    PaymentStatus,
    VendorOrder,
)
from marketplace.orders.services.fulfilments import project_fulfilments
from marketplace.orders.services.incoming import IncomingOrder, NotAnOrder, read_order
from marketplace.orders.services.splitting import make_vendor_orders
from marketplace.orders.services.states import cancel_what_is_left, placed_event
from marketplace.saleor import ids
from marketplace.saleor.client import (
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
    OrderParts,
    OrderStatus,
)
from vendors.scoping import Crossing

NOT_AN_ORDER = {OrderStatus.DRAFT, OrderStatus.EXPIRED}


def project_order(engine_order: OrderParts) -> Order:
    """Our order for the engine's, made if it is new and brought up to date if it is not.

    Publishes VendorOrderPlaced for each cooperative, then OrderPlaced and SaleCounted, once.
    Raises NotAnOrder for a draft or a sale of the store's own, UnknownSeller (try again) when one
    of its products is not ours yet.
    """
    if engine_order.status in NOT_AN_ORDER:
        raise NotAnOrder(engine_order.number)
    incoming = read_order(engine_order)
    with transaction.atomic():
        order = _own_row(incoming)
        if not order.vendor_orders.crossing(Crossing.ENGINE_PROJECTION).exists():
            _place(order, incoming)
        if _is_stale(order, engine_order):
            return order
        _bring_up_to_date(order, engine_order)
    return order


def _own_row(incoming: IncomingOrder) -> Order:
    """The order's locked row; two who come at once make one."""
    Order.objects.bulk_create([incoming.as_row()], ignore_conflicts=True)
    ids.link(ids.ORDER, incoming.order_id, incoming.engine_order.id)
    return Order.objects.select_for_update().get(pk=incoming.order_id)


def _place(order: Order, incoming: IncomingOrder) -> None:
    made = make_vendor_orders(order, incoming)
    publish_all(placing_events(order, incoming, made))
    CheckoutAttempt.objects.filter(order_id=order.pk).update(
        state=CheckoutState.COMPLETED, updated_at=timezone.now()
    )


def placing_events(
    order: Order, incoming: IncomingOrder, made: Sequence[VendorOrder]
) -> list[Event]:
    """What is told of a new order: each vendor order, the order, and the sale of each listing."""
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
    sold = dict.fromkeys((line.listing_id for line in incoming.lines), 0)
    for line in incoming.lines:
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
    return [*(placed_event(vendor_order) for vendor_order in made), placed, *counted]


def _is_stale(order: Order, engine_order: OrderParts) -> bool:
    known = order.engine_updated_at
    return known is not None and engine_time(engine_order.updated_at) < known


def _bring_up_to_date(order: Order, engine_order: OrderParts) -> None:
    order.engine_updated_at = engine_time(engine_order.updated_at)
    order.payment_status = payment_status(engine_order)
    cancelled = engine_order.status == OrderStatus.CANCELED
    if cancelled and order.cancelled_at is None:
        order.cancelled_at = order.engine_updated_at
    order.save(update_fields=["engine_updated_at", "payment_status", "cancelled_at"])
    project_fulfilments(order, engine_order)
    if cancelled:
        cancel_what_is_left(order, reason="", at=order.cancelled_at or timezone.now())


def payment_status(engine_order: OrderParts) -> PaymentStatus:
    """The engine's two statuses of the money as one of ours."""
    refunded = engine_order.total_refunded.fractional_amount
    if refunded > 0:
        whole = refunded >= engine_order.total.gross.fractional_amount
        return PaymentStatus.REFUNDED if whole else PaymentStatus.PART_REFUNDED
    if engine_order.charge_status in {
        OrderChargeStatusEnum.FULL,
        OrderChargeStatusEnum.OVERCHARGED,
    }:
        return PaymentStatus.PAID
    if engine_order.authorize_status == OrderAuthorizeStatusEnum.FULL:
        return PaymentStatus.AUTHORIZED
    return PaymentStatus.PENDING


def engine_time(value: object) -> datetime:
    """An instant of the engine, which the typed client leaves as text."""
    found = value if isinstance(value, datetime) else parse_datetime(str(value))
    if found is None:
        raise ValueError(f"not an instant: {value}")
    return found
