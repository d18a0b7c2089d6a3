"""Sweeps: payments without an order are returned, unfinished refunds finished."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.orders.models import Order
from marketplace.payments import engine
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import PREPAID, Payment, PaymentState, Refund, RefundState
from marketplace.payments.services.projection import capture_payments
from marketplace.payments.services.refund import send_refund
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

# A buyer may take this long between paying and placing the order.
WITHOUT_ORDER_MINUTES = 30
# What a process claimed and did not finish is free again after this time.
LEASE = timedelta(minutes=2)
# When to check again: after as long as it has taken so far, within these limits.
SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=5)
# Several loops run at once (``marketplace/jobs.py``), so refunds do not wait for each other.
MOST = 5


def return_payments_without_order(*, by: Actor, older_than_minutes: int | None = None) -> int:
    """Return what was charged or authorized without an order; returns how many.

    Also returns a second payment of an order that another one paid.
    """
    minutes = WITHOUT_ORDER_MINUTES if older_than_minutes is None else older_than_minutes
    before = timezone.now() - timedelta(minutes=minutes)
    waiting = _untold().filter(created_at__lte=before)
    return sum(_return(payment, by) for payment in waiting.order_by("created_at")[:200])


def ask_returns_of_failed_checkout(*, order_id: UUID) -> int:
    """Request the return of what was paid for a failed order; returns how many.

    Calls no engine: ``settle_returns`` does, within a second. Repeated, or for an order that is
    there after all, it does nothing.
    """
    now = timezone.now()
    wanted = [row.pk for row in _untold().filter(order_id=order_id) if not _is_ordered_here(row)]
    return _untold().filter(pk__in=wanted).update(returned_at=now, check_at=now)


def settle_open_refunds(*, by: Actor) -> int:
    """Send requested refunds, and finish those that the engine has made since.

    Returns how many were made. New ones are checked every second or so, old ones seldom.
    """
    open_ones = Refund.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        state__in=[RefundState.REQUESTED, RefundState.SENT]
    )
    return sum(_finish(refund, by) for refund in _due(open_ones))


def settle_returns(*, by: Actor) -> int:
    """Check whether payments are returned, and request it again if not; returns how many are."""
    under_way = Payment.objects.filter(
        state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED], returned_at__isnull=False
    )
    return sum(_settle(payment, by) for payment in _due(under_way))


def _due(rows: QuerySet[Any]) -> list[Any]:
    """Rows that are due to be checked, claimed for this process."""
    now = timezone.now()
    due = rows.filter(check_at__lte=now)
    if not due.exists():
        return []
    with transaction.atomic():
        free = due.select_for_update(skip_locked=True, of=("self",))
        found = list(free.order_by("check_at")[:MOST])
        rows.filter(pk__in=[row.pk for row in found]).update(check_at=now + LEASE)
    return found


def _later(since: datetime) -> datetime:
    now = timezone.now()
    return now + min(max(now - since, SOONEST), LATEST)


def _untold() -> QuerySet[Payment]:
    """Payments charged or authorized, without a captured order, that are not being returned."""
    return Payment.objects.filter(
        state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED],
        captured_at__isnull=True,
        returned_at__isnull=True,
    )


def _return(payment: Payment, by: Actor) -> bool:
    """Begin to return a payment; whether that was begun."""
    if _is_ordered_here(payment) or _came_there(payment) is not False:
        return False
    now = timezone.now()
    begun = Payment.objects.filter(pk=payment.pk, returned_at__isnull=True)
    if not begun.update(returned_at=now, check_at=now + LEASE):
        return False
    payment.returned_at = now
    _return_payment(payment, by)
    return True


def _settle(payment: Payment, by: Actor) -> bool:
    """Return a payment, unless the engine made the order after all."""
    came = _came_there(payment)
    rows = Payment.objects.filter(pk=payment.pk)
    if came:
        rows.update(returned_at=None, check_at=None)
    elif came is None:
        rows.update(check_at=_later(payment.returned_at or timezone.now()))
    return came is False and _return_payment(payment, by)


def _is_ordered_here(payment: Payment) -> bool:
    """Whether its order is known and not paid by another payment."""
    known = Order.objects.filter(pk=payment.order_id).exists()
    return known and not _is_surplus(payment)


def _came_there(payment: Payment) -> bool | None:
    """Whether the engine made an order that is not here yet; None when it is unavailable."""
    if Order.objects.filter(pk=payment.order_id).exists():
        return False
    try:
        return engine.order_came_of(payment)
    except (EngineUnavailable, EngineRefused) as error:
        logger.warning("Whether an order came of payment %s is not known: %r", payment.pk, error)
        return None


def _return_payment(payment: Payment, by: Actor) -> bool:
    """Request the return, or check it; whether the money is back."""
    try:
        back = engine.return_payment(payment)
    except (EngineUnavailable, EngineRefused) as error:
        logger.warning("Payment %s could not be given back yet: %r", payment.pk, error)
        back = False
    if not back:
        check_at = _later(payment.returned_at or timezone.now())
        Payment.objects.filter(pk=payment.pk).update(check_at=check_at)
        return False
    with transaction.atomic():
        payment.state = PaymentState.REFUNDED if payment.charged_minor else PaymentState.CANCELLED
        payment.refunded_minor = payment.charged_minor
        payment.check_at = None
        payment.save(update_fields=["state", "refunded_minor", "check_at"])
        record("payment.returned", payment, by=by, order_id=str(payment.order_id))
    return True


def _is_surplus(payment: Payment) -> bool:
    """Whether another payment paid the order. One that is not captured yet is captured here."""
    capture_payments(order_id=payment.order_id)
    others = Payment.objects.filter(order_id=payment.order_id).exclude(pk=payment.pk)
    return (
        payment.method in PREPAID
        and others.filter(captured_at__isnull=False).exists()
        and not Payment.objects.filter(pk=payment.pk, captured_at__isnull=False).exists()
    )


def _finish(refund: Refund, by: Actor) -> bool:
    made = False
    try:
        made = bool(send_refund(refund_id=refund.pk, by=by).state == RefundState.MADE)
    except (EngineUnavailable, RefundRefused) as error:
        logger.warning("Refund %s is still open: %r", refund.pk, error)
    if not made:
        rows = Refund.objects.crossing(Crossing.SCHEDULED_JOB).filter(pk=refund.pk)
        rows.update(check_at=_later(refund.requested_at))
    return made
