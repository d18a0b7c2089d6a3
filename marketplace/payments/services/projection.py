"""Projects the engine's transactions as payments; publishes once that an order is paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from marketplace.core.actors import Actor
from marketplace.core.audit import record, record_all
from marketplace.core.events import publish, publish_all
from marketplace.orders.engine_money import minor_of
from marketplace.orders.models import Order, VendorOrder
from marketplace.payments.events import PaymentCaptured, PaymentPart
from marketplace.payments.models import PREPAID, Method, Payment, PaymentSplit, PaymentState
from marketplace.payments.services.engine_refunds import book_whole_refunds
from marketplace.payments.services.late_refunds import confirm_late_refunds
from marketplace.saleor import ids

PROVIDER_OF_METHOD = {
    Method.CARD: "test-card",
    Method.CASH_ON_DELIVERY: "cash-on-delivery",
    Method.BANK: "bank-transfer",
}


def project_transactions(engine_order: Any) -> list[Payment]:
    """Write the state of an order's transactions (the typed client's ``OrderParts``); idempotent.

    Raises Order.DoesNotExist while the order itself is not here.
    """
    order_id = ids.our_id(ids.ORDER, engine_order.id)
    order = Order.objects.filter(pk=order_id).first() if order_id else None
    if order is None:
        raise Order.DoesNotExist
    with transaction.atomic():
        payments = [_project(order, item) for item in engine_order.transactions]
    capture_payments(order_id=order.pk)
    # Before the rest is booked, so that a refund of ours is not booked a second time.
    confirm_late_refunds(order_id=order.pk, transactions=engine_order.transactions)
    book_whole_refunds(order_id=order.pk)
    return payments


def project_transactions_of(engine_orders: Sequence[Any]) -> int:
    """Write the transactions of many orders that are here; returns of how many orders.

    Orders of which no payment is known take the short way, the others ``project_transactions``.
    """
    order_ids = ids.our_ids(ids.ORDER, [order.id for order in engine_orders])
    known_ids = ids.our_ids(ids.TRANSACTION, [t.id for o in engine_orders for t in o.transactions])
    with transaction.atomic():
        # Always locked in the same order, to prevent a deadlock.
        locked = Order.objects.select_for_update().filter(pk__in=order_ids.values()).order_by("pk")
        orders = {order.pk: order for order in locked.prefetch_related("vendor_orders")}
        seen = set(
            Payment.objects.filter(
                Q(order_id__in=orders) | Q(pk__in=known_ids.values())
            ).values_list("order_id", flat=True)
        )
        new = [
            (orders[key], order)
            for order in engine_orders
            if (key := order_ids.get(order.id)) in orders and key not in seen
        ]
        _add_payments(new, known_ids)
    taken = {order.id for _, order in new}
    others = [order for order in engine_orders if order.id not in taken]
    others = [order for order in others if order_ids.get(order.id) in orders]
    for order in others:
        project_transactions(order)
    return len(new) + len(others)


def _add_payments(new: Sequence[tuple[Order, Any]], known_ids: dict[str, UUID]) -> None:
    """New payments of locked orders without any, and the events of those paid in full."""
    payments: list[Payment] = []
    captured: list[tuple[Order, Payment]] = []
    links: list[tuple[UUID, str]] = []
    for order, engine_order in new:
        own = [
            _new_payment(order, item, known_ids.get(item.id)) for item in engine_order.transactions
        ]
        links += [(p.pk, t.id) for p, t in zip(own, engine_order.transactions, strict=True)]
        for payment, item in zip(own, engine_order.transactions, strict=True):
            _note_amounts(payment, item)
        payments += own
        whole = _whole_payment(order, own)
        if whole is not None:
            captured.append((order, whole))
    for order, payment in captured:
        payment.captured_at = max(payment.created_at, order.placed_at)
    ids.link_many(ids.TRANSACTION, links)
    Payment.objects.bulk_create(payments)
    PaymentSplit.objects.create_all([s for order, p in captured for s in _splits(order, p)])
    publish_all([_captured_event(order, payment) for order, payment in captured])
    by = Actor.saleor()
    record_all("payment.captured", [(p, by, {"order": order.number}) for order, p in captured])


def _whole_payment(order: Order, payments: Sequence[Payment]) -> Payment | None:
    """The payment by card or transfer that covers the order, if one does."""
    for payment in sorted(payments, key=lambda p: p.created_at):
        charged = payment.charged_minor >= order.total_minor > 0
        if payment.method in PREPAID and charged:
            return payment
    return None


def capture_payments(*, order_id: UUID) -> Payment | None:
    """Publish PaymentCaptured for an order that was paid in full by card or transfer; once.

    Uses local rows only. Returns the captured payment, or None if nothing is new.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(pk=order_id).first()
        payments = Payment.objects.select_for_update().filter(order_id=order_id, method__in=PREPAID)
        found = list(payments.order_by("created_at"))
        if order is None or any(payment.captured_at for payment in found):
            return None
        for payment in found:
            if payment.charged_minor >= order.total_minor > 0:
                return _capture(order, payment)
    return None


def _capture(order: Order, payment: Payment) -> Payment:
    PaymentSplit.objects.create_all(_splits(order, payment))
    payment.captured_at = max(payment.created_at, order.placed_at)
    payment.save(update_fields=["captured_at"])
    publish(_captured_event(order, payment))
    record("payment.captured", payment, by=Actor.saleor(), order=order.number)
    return payment


def _splits(order: Order, payment: Payment) -> list[PaymentSplit]:
    return [
        PaymentSplit(
            payment=payment,
            cooperative_id=part.cooperative_id,
            vendor_order_id=part.pk,
            goods_minor=part.goods_minor,
            shipping_minor=part.shipping_minor,
        )
        for part in order.vendor_orders.all()
    ]


def _captured_event(order: Order, payment: Payment) -> PaymentCaptured:
    captured_at = payment.captured_at
    assert captured_at is not None
    return PaymentCaptured(
        aggregate_id=order.pk,
        occurred_at=captured_at,
        order_id=order.pk,
        payment_id=payment.pk,
        method=payment.method,
        provider=payment.provider,
        currency=order.currency,
        amount_minor=order.total_minor,
        parts=[_part(vendor_order) for vendor_order in order.vendor_orders.all()],
    )


def _part(vendor_order: VendorOrder) -> PaymentPart:
    return PaymentPart(
        vendor_order_id=vendor_order.pk,
        cooperative_id=vendor_order.cooperative_id,
        programme_id=vendor_order.programme_id,
        goods_minor=vendor_order.goods_minor,
        shipping_minor=vendor_order.shipping_minor,
    )


def _project(order: Order, item: Any) -> Payment:
    """One transaction as a payment. The engine's charged amount is less what was refunded."""
    payment = _payment_for(order, item)
    _note_amounts(payment, item)
    payment.save()
    return payment


def _note_amounts(payment: Payment, item: Any) -> None:
    refunded = minor_of(item.refunded_amount)
    payment.refunded_minor = refunded
    payment.charged_minor = (
        minor_of(item.charged_amount) + refunded + minor_of(item.refund_pending_amount)
    )
    payment.authorized_minor = minor_of(item.authorized_amount)
    payment.state = _state_of(payment, cancelled=minor_of(item.canceled_amount))


def _payment_for(order: Order, item: Any) -> Payment:
    payment_id = ids.our_id_or_new(ids.TRANSACTION, item.id)
    payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
    if payment is not None:
        payment.order_id = order.pk
        return payment
    return _new_payment(order, item, payment_id)


def _new_payment(order: Order, item: Any, payment_id: UUID | None) -> Payment:
    method = Method(order.payment_method)
    return Payment(
        id=payment_id or uuid4(),
        order_id=order.pk,
        method=method,
        provider=PROVIDER_OF_METHOD[method],
        currency=order.currency,
        amount_minor=order.total_minor,
        total_minor=order.total_minor,
        psp_reference=item.psp_reference,
        # A past order's transaction was written today but happened when the order did.
        created_at=min(_instant(item.created_at), order.placed_at),
    )


def _state_of(payment: Payment, *, cancelled: int) -> PaymentState:
    if payment.refunded_minor and payment.refunded_minor >= payment.charged_minor:
        return PaymentState.REFUNDED
    if payment.refunded_minor:
        return PaymentState.PART_REFUNDED
    if payment.charged_minor:
        return PaymentState.CHARGED
    if payment.authorized_minor:
        return PaymentState.AUTHORIZED
    return PaymentState.CANCELLED if cancelled else PaymentState(payment.state)


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
