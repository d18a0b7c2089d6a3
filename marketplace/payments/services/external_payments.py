"""External payments once the buyer has left our pages: refreshed, reported, closed."""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.errors import TwizaError
from marketplace.orders.models import CheckoutAttempt, CheckoutState, Order
from marketplace.orders.services import checkout
from marketplace.payments import engine
from marketplace.payments.models import ExternalPayment, Payment, PaymentState
from marketplace.payments.providers import Answer, ExternalProvider, as_external, provider_named
from marketplace.payments.services import take_payment
from marketplace.payments.services.projection import capture_payments
from marketplace.saleor.errors import EngineRefused, EngineUnavailable

logger = logging.getLogger(__name__)

# A payment not made by then is abandoned: the provider's page has expired too.
ABANDONED_AFTER = timedelta(hours=2, minutes=15)
# The engine has the outcome as an answer within this time; after it, it is reported once more.
ANSWERED_WITHIN = timedelta(minutes=1)


def refresh_payment(*, payment_id: UUID) -> Payment:
    """Fetch a payment's status from the provider, report it, and place a paid order.

    Idempotent. Raises EngineRefused or EngineUnavailable when the engine could not be told.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state == PaymentState.PENDING:
        provider = _provider(payment)
        take_payment.settle(payment, lambda: provider.fetch_status(payment))
    payment.refresh_from_db()
    if payment.state != PaymentState.PENDING:
        _report_to_engine(payment)
    return payment


def report_settled_payments() -> int:
    """Report outcomes to the engine again; returns how many."""
    waiting = ExternalPayment.objects.filter(
        reported_at__isnull=True, settled_at__lt=timezone.now() - ANSWERED_WITHIN
    )
    return sum(
        _try_to_report(external.payment) for external in waiting.select_related("payment")[:50]
    )


def close_abandoned_payments(*, by: Actor) -> int:
    """Close abandoned payments; returns how many were closed or found paid."""
    before = timezone.now() - ABANDONED_AFTER
    waiting = Payment.objects.filter(
        state=PaymentState.PENDING, external__isnull=False, created_at__lt=before
    )
    done = 0
    for payment in waiting.order_by("created_at")[:100]:
        provider = _provider(payment)
        answer = take_payment.settle(payment, lambda p=provider, x=payment: p.abandon(x))  # type: ignore[misc]
        if answer.result != "CHARGE_ACTION_REQUIRED":
            record("payment.left_lying", payment, by=by, result=answer.result)
            done += _try_to_report(payment)
    return done


def _try_to_report(payment: Payment) -> bool:
    try:
        _report_to_engine(payment)
    except (EngineRefused, EngineUnavailable) as error:
        logger.warning("The engine was not told of payment %s: %r", payment.pk, error)
        return False
    return True


def _report_to_engine(payment: Payment) -> None:
    payment.refresh_from_db()
    external = ExternalPayment.objects.filter(payment=payment, reported_at__isnull=True)
    if external.exists():
        answer = take_payment.known_answer(payment)
        actions = ("REFUND",) if answer.result == "CHARGE_SUCCESS" else ()
        told = Answer(answer.result, answer.amount, actions=actions)
        engine.report_event(payment, told, reference=payment.psp_reference)
        external.update(reported_at=timezone.now())
    if payment.state == PaymentState.CHARGED and payment.returned_at is None:
        _place(payment)


def _place(payment: Payment) -> None:
    """Place the order of a buyer who paid and did not return to our page."""
    if Order.objects.filter(pk=payment.order_id).exists():
        capture_payments(order_id=payment.order_id)
        return
    attempt = CheckoutAttempt.objects.filter(order_id=payment.order_id).first()
    if attempt is None or attempt.state not in {
        CheckoutState.PAYING,
        CheckoutState.PAID,
        CheckoutState.COMPLETING,
    }:
        return
    try:
        checkout.complete(attempt=attempt)
    except TwizaError as error:
        logger.warning("Paid checkout %s is not placed yet: %s", attempt.pk, error.code)


def _provider(payment: Payment) -> ExternalProvider:
    provider = as_external(provider_named(payment.provider))
    assert provider is not None
    return provider
