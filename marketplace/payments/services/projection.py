"""Brings the engine's transactions in as payments, and tells once that an order is paid."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.events import publish
from marketplace.core.money import exponent
from marketplace.orders.models import Order, VendorOrder
from marketplace.payments.events import PaymentCaptured, PaymentPart
from marketplace.payments.models import Method, Payment, PaymentSplit, PaymentState
from marketplace.saleor import ids

PROVIDER_OF_METHOD = {
    Method.CARD: "test-card",
    Method.CASH_ON_DELIVERY: "cash-on-delivery",
}


def project_transactions(engine_order: Any) -> list[Payment]:
    """Write the state of an order's transactions (the typed client's ``OrderParts``); idempotent.

    Raises Order.DoesNotExist while the order itself has not been brought in.
    """
    order_id = ids.our_id(ids.ORDER, engine_order.id)
    order = Order.objects.filter(pk=order_id).first() if order_id else None
    if order is None:
        raise Order.DoesNotExist
    with transaction.atomic():
        payments = [_project(order, item) for item in engine_order.transactions]
    capture_payments(order_id=order.pk)
    return payments


def capture_payments(*, order_id: UUID) -> Payment | None:
    """Publish PaymentCaptured for an order whose card payment was charged in full; once.

    Uses local rows only. Returns the captured payment, or None when there is nothing new to tell.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(pk=order_id).first()
        payments = Payment.objects.select_for_update().filter(order_id=order_id, method=Method.CARD)
        found = list(payments.order_by("created_at"))
        if order is None or any(payment.captured_at for payment in found):
            return None
        for payment in found:
            if payment.charged_minor >= order.total_minor > 0:
                return _capture(order, payment)
    return None


def _capture(order: Order, payment: Payment) -> Payment:
    parts = [
        PaymentSplit(
            payment=payment,
            cooperative_id=part.cooperative_id,
            vendor_order_id=part.pk,
            goods_minor=part.goods_minor,
            shipping_minor=part.shipping_minor,
        )
        for part in order.vendor_orders.all()
    ]
    PaymentSplit.objects.create_all(parts)
    payment.captured_at = max(payment.created_at, order.placed_at)
    payment.save(update_fields=["captured_at"])
    publish(_captured_event(order, payment))
    record("payment.captured", payment, by=Actor.saleor(), order=order.number)
    return payment


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
    """One transaction as a payment. What the engine calls charged is less what was refunded."""
    payment = _payment_for(order, item)
    refunded = minor(item.refunded_amount)
    payment.refunded_minor = refunded
    payment.charged_minor = (
        minor(item.charged_amount) + refunded + minor(item.refund_pending_amount)
    )
    payment.authorized_minor = minor(item.authorized_amount)
    payment.state = _state_of(payment, cancelled=minor(item.canceled_amount))
    payment.save()
    return payment


def _payment_for(order: Order, item: Any) -> Payment:
    payment_id = ids.our_id_or_new(ids.TRANSACTION, item.id)
    payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
    if payment is not None:
        payment.order_id = order.pk
        return payment
    method = Method(order.payment_method)
    return Payment(
        id=payment_id,
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


def minor(money: Any) -> int:
    """The client's ``MoneyParts`` in our minor units (CLDR's decimals of the currency)."""
    shift = exponent(money.currency) - int(money.fraction_digits)
    value = int(money.fractional_amount)
    return value * int(10**shift) if shift >= 0 else value // int(10**-shift)


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
