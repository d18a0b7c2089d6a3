"""Payments at providers elsewhere, when the buyer is no longer in front of us."""

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
from marketplace.payments.models import Payment, PaymentState, RemotePayment
from marketplace.payments.providers import Answer, RemoteProvider, provider_named, remote_of
from marketplace.payments.services import taking
from marketplace.payments.services.projection import capture_payments
from marketplace.saleor.errors import EngineRefused, EngineUnavailable

logger = logging.getLogger(__name__)

# A buyer who has not paid by then has gone: the provider's page has ended too.
LEFT_LYING = timedelta(hours=2, minutes=15)
# The engine asked itself, and gets the answer; after that it is told once more.
ANSWERED_WITHIN = timedelta(minutes=1)


def look_at_payment(*, payment_id: UUID) -> Payment:
    """Ask the provider what became of a payment, tell the engine, and place a paid order.

    Idempotent. Raises EngineRefused or EngineUnavailable when the engine could not be told.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state == PaymentState.PENDING:
        provider = _provider(payment)
        taking.settle(payment, lambda: provider.look(payment))
    payment.refresh_from_db()
    if payment.state != PaymentState.PENDING:
        _tell(payment)
    return payment


def tell_what_is_settled() -> int:
    """Tell the engine again of outcomes that it was answered; returns of how many."""
    waiting = RemotePayment.objects.filter(
        reported_at__isnull=True, settled_at__lt=timezone.now() - ANSWERED_WITHIN
    )
    return sum(_try(remote.payment) for remote in waiting.select_related("payment")[:50])


def give_up_left_lying(*, by: Actor) -> int:
    """Close payments that their buyers left lying; returns how many were closed or found paid."""
    before = timezone.now() - LEFT_LYING
    waiting = Payment.objects.filter(
        state=PaymentState.PENDING, remote__isnull=False, created_at__lt=before
    )
    done = 0
    for payment in waiting.order_by("created_at")[:100]:
        provider = _provider(payment)
        answer = taking.settle(payment, lambda p=provider, x=payment: p.give_up(x))  # type: ignore[misc]
        if answer.result != "CHARGE_ACTION_REQUIRED":
            record("payment.left_lying", payment, by=by, result=answer.result)
            done += _try(payment)
    return done


def _try(payment: Payment) -> bool:
    try:
        _tell(payment)
    except (EngineRefused, EngineUnavailable) as error:
        logger.warning("The engine was not told of payment %s: %s", payment.pk, error)
        return False
    return True


def _tell(payment: Payment) -> None:
    payment.refresh_from_db()
    remote = RemotePayment.objects.filter(payment=payment, reported_at__isnull=True)
    if remote.exists():
        answer = taking.known_answer(payment)
        actions = ("REFUND",) if answer.result == "CHARGE_SUCCESS" else ()
        told = Answer(answer.result, answer.amount, actions=actions)
        engine.tell(payment, told, reference=payment.psp_reference)
        remote.update(reported_at=timezone.now())
    if payment.state == PaymentState.CHARGED and payment.returned_at is None:
        _place(payment)


def _place(payment: Payment) -> None:
    """The buyer paid and did not come back: their order is placed all the same."""
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


def _provider(payment: Payment) -> RemoteProvider:
    provider = remote_of(provider_named(payment.provider))
    assert provider is not None
    return provider
