"""Projects the engine's orders: once, whoever is first (webhook, completion or sweep).

Repeated, late and reordered calls change nothing: an order is made under its own id, its row is
locked, and an older state of the engine's order is ignored.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from marketplace.core.events import publish_all
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Order,
    PaymentStatus,
    PriceOffer,
    PriceOfferState,
    VoucherUse,
)
from marketplace.orders.services.engine_orders.reading import NotAnOrder, read_order
from marketplace.orders.services.engine_orders.snapshot import OrderSnapshot
from marketplace.orders.services.fulfilments import project_fulfilments
from marketplace.orders.services.placing_events import placing_events
from marketplace.orders.services.splitting import make_vendor_orders
from marketplace.orders.services.states import cancel_what_is_left
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
    Raises NotAnOrder for a draft or a sale of the store's own, UnknownCooperative (try again) when
    one of its products is not ours yet.
    """
    if engine_order.status in NOT_AN_ORDER:
        raise NotAnOrder(engine_order.number)
    snapshot = read_order(engine_order)
    with transaction.atomic():
        order = _own_row(snapshot)
        if not order.vendor_orders.crossing(Crossing.ENGINE_PROJECTION).exists():
            _place(order, snapshot)
        if _is_stale(order, engine_order):
            return order
        _bring_up_to_date(order, engine_order)
    return order


def _own_row(snapshot: OrderSnapshot) -> Order:
    """The order's locked row; two processes at once make one."""
    Order.objects.bulk_create([snapshot.as_row()], ignore_conflicts=True)
    ids.link(ids.ORDER, snapshot.order_id, snapshot.engine_order.id)
    return Order.objects.select_for_update().get(pk=snapshot.order_id)


def _place(order: Order, snapshot: OrderSnapshot) -> None:
    made = make_vendor_orders(order, snapshot)
    publish_all(placing_events(order, snapshot, made))
    VoucherUse.objects.filter(order_id=order.pk).update(is_placed=True)
    if snapshot.attempt is not None and snapshot.attempt.price_offer_id is not None:
        offers = PriceOffer.objects.crossing(Crossing.ENGINE_PROJECTION)
        offers.filter(pk=snapshot.attempt.price_offer_id).update(
            state=PriceOfferState.TAKEN, order_id=order.pk, ended_at=timezone.now()
        )
    CheckoutAttempt.objects.filter(order_id=order.pk).update(
        state=CheckoutState.COMPLETED, updated_at=timezone.now()
    )


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
    """The engine's instant, which the typed client leaves as text."""
    found = value if isinstance(value, datetime) else parse_datetime(str(value))
    if found is None:
        raise ValueError(f"not an instant: {value}")
    return found
