"""What repairs by itself: payments of which no order came, refunds that were left half-way."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.orders.models import Order
from marketplace.payments import engine
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.services.projection import capture_payments
from marketplace.payments.services.refunds import send_refund
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

# A buyer may take this long between paying and the order's arrival with us.
WITHOUT_ORDER_MINUTES = 30
OPEN_REFUND_SECONDS = 20


def return_payments_without_order(*, by: Actor, older_than_minutes: int | None = None) -> int:
    """Give back what was charged or promised for orders that never came; returns how many.

    Also gives back a second payment of an order that another one has paid already.
    """
    minutes = WITHOUT_ORDER_MINUTES if older_than_minutes is None else older_than_minutes
    before = timezone.now() - timedelta(minutes=minutes)
    waiting = _untold().filter(created_at__lte=before)
    return sum(_return(payment, by) for payment in waiting.order_by("created_at")[:200])


def return_payments_of_failed_checkout(*, order_id: UUID, by: Actor) -> int:
    """Give back at once what was paid for an order that can no longer be made; returns how many.

    Called again, or for an order that has come after all, it does nothing. What the engine cannot
    take now is left to ``return_payments_without_order``.
    """
    waiting = _untold().filter(order_id=order_id)
    return sum(_return(payment, by) for payment in waiting.order_by("created_at"))


def settle_open_refunds(*, by: Actor) -> int:
    """Send refunds that were only asked for, and finish those whose answer was lost."""
    before = timezone.now() - timedelta(seconds=OPEN_REFUND_SECONDS)
    waiting = (
        Refund.objects.crossing(Crossing.SCHEDULED_JOB)
        .filter(state__in=[RefundState.REQUESTED, RefundState.SENT], requested_at__lte=before)
        .order_by("requested_at")[:200]
    )
    return sum(_finish(refund, by) for refund in waiting)


def _untold() -> QuerySet[Payment]:
    """Money charged or promised of which no order is known."""
    return Payment.objects.filter(
        state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED], captured_at__isnull=True
    )


def _return(payment: Payment, by: Actor) -> bool:
    if Order.objects.filter(pk=payment.order_id).exists() and not _is_surplus(payment):
        return False
    Payment.objects.filter(pk=payment.pk).update(returned_at=timezone.now())
    try:
        # A repetition after a crash carries the same reference: the engine counts it once.
        engine.give_back(payment)
    except (EngineUnavailable, EngineRefused) as error:
        logger.warning("Payment %s could not be given back: %s", payment.pk, error)
        return False
    with transaction.atomic():
        payment.state = PaymentState.REFUNDED if payment.charged_minor else PaymentState.CANCELLED
        payment.refunded_minor = payment.charged_minor
        payment.save(update_fields=["state", "refunded_minor"])
        record("payment.returned", payment, by=by, order_id=str(payment.order_id))
    return True


def _is_surplus(payment: Payment) -> bool:
    """The order is paid by another payment. A charged order not told yet is told here."""
    capture_payments(order_id=payment.order_id)
    others = Payment.objects.filter(order_id=payment.order_id).exclude(pk=payment.pk)
    return (
        payment.method == "card"
        and others.filter(captured_at__isnull=False).exists()
        and not Payment.objects.filter(pk=payment.pk, captured_at__isnull=False).exists()
    )


def _finish(refund: Refund, by: Actor) -> bool:
    try:
        return bool(send_refund(refund_id=refund.pk, by=by).state == RefundState.MADE)
    except (EngineUnavailable, RefundRefused) as error:
        logger.warning("Refund %s is still open: %s", refund.pk, error)
        return False
