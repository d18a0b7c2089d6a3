"""Take a payment: written before the provider is asked, its answer kept, one for an order.

A provider without a server is asked within the order's lock. An external one is asked between two
transactions; what it charged is recorded even if another payment paid the order meanwhile.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core.money import Money
from marketplace.payments import errors
from marketplace.payments.checkouts import Payable
from marketplace.payments.models import ExternalPayment, Method, Payment, PaymentState
from marketplace.payments.providers import Answer, Provider, as_external, provider_named
from marketplace.saleor import ids

STATE_AFTER = {
    "CHARGE_SUCCESS": PaymentState.CHARGED,
    "AUTHORIZATION_SUCCESS": PaymentState.AUTHORIZED,
    "CHARGE_ACTION_REQUIRED": PaymentState.PENDING,
    "CHARGE_REQUEST": PaymentState.PENDING,
    "CHARGE_FAILURE": PaymentState.FAILED,
    "CANCEL_SUCCESS": PaymentState.CANCELLED,
}


def begin_payment(
    transaction_id: str, facts: Payable, provider: Provider, amount: Money
) -> Payment:
    """Write the payment before the provider is asked; one at a time for each order."""
    payment_id = uuid4()
    with transaction.atomic():
        lock_order(facts.order_id)
        if amount.currency != facts.currency or amount.amount_minor > facts.total_minor:
            raise errors.AmountTooHigh
        if _taken_minor(facts.order_id) + amount.amount_minor > facts.total_minor:
            raise errors.AlreadyPaid
        provider.check(facts)
        payment = Payment.objects.create(
            id=payment_id,
            order_id=facts.order_id,
            checkout_id=facts.checkout_id,
            method=provider.method,
            provider=provider.name,
            currency=amount.currency,
            amount_minor=amount.amount_minor,
            total_minor=facts.total_minor,
            psp_reference=f"twiza-{payment_id.hex}",
        )
        ids.link(ids.TRANSACTION, payment.pk, transaction_id)
    return payment


def settle(payment: Payment, ask: Callable[[], Answer]) -> Answer:
    """Ask the provider and keep its answer; a second payment of the order is refused."""
    if provider_named(payment.provider).is_external:
        return _settle_external(payment, ask)
    with transaction.atomic():
        lock_order(payment.order_id)
        payment.refresh_from_db()
        if payment.state != PaymentState.PENDING:
            return known_answer(payment)
        return _keep(payment, _ask(payment, ask))


def _settle_external(payment: Payment, ask: Callable[[], Answer]) -> Answer:
    """As above, for an external provider: it is asked between two transactions of ours.

    What it charged is recorded even if the order was paid meanwhile; it is then refunded.
    """
    with transaction.atomic():
        lock_order(payment.order_id)
        payment.refresh_from_db()
        surplus = is_surplus(payment)
    if payment.state != PaymentState.PENDING:
        return known_answer(payment)
    answer = _ask_external(payment, ask, surplus=surplus)
    with transaction.atomic():
        lock_order(payment.order_id)
        payment.refresh_from_db()
        if payment.state != PaymentState.PENDING:
            return known_answer(payment)
        if answer.result == "CHARGE_SUCCESS" and is_surplus(payment):
            payment.returned_at = payment.check_at = timezone.now()
            payment.save(update_fields=["returned_at", "check_at"])
        if answer.result != "CHARGE_ACTION_REQUIRED":
            ExternalPayment.objects.filter(payment=payment).update(settled_at=timezone.now())
        return _keep(payment, answer)


def _ask_external(payment: Payment, ask: Callable[[], Answer], *, surplus: bool) -> Answer:
    amount = Money(payment.amount_minor, payment.currency)
    try:
        if surplus:
            provider = as_external(provider_named(payment.provider))
            assert provider is not None
            closed = provider.abandon(payment)
            paid = closed.result == "CHARGE_SUCCESS"
            return closed if paid else refusal(errors.AlreadyPaid(), amount)
        return ask()
    except errors.ProviderSilent as silent:
        return Answer("CHARGE_ACTION_REQUIRED", amount, message=silent.code)
    except errors.PaymentRefused as refused:
        return refusal(refused, amount)


def is_surplus(payment: Payment) -> bool:
    """Whether the order is paid without this payment."""
    return _taken_minor(payment.order_id) + payment.amount_minor > payment.total_minor


def _ask(payment: Payment, ask: Callable[[], Answer]) -> Answer:
    try:
        if is_surplus(payment):
            raise errors.AlreadyPaid
        return ask()
    except errors.PaymentRefused as refused:
        return refusal(refused, Money(payment.amount_minor, payment.currency))


def _keep(payment: Payment, answer: Answer) -> Answer:
    payment.state = STATE_AFTER[answer.result]
    if payment.state == PaymentState.CHARGED:
        payment.charged_minor = answer.amount.amount_minor
    if payment.state == PaymentState.AUTHORIZED:
        payment.authorized_minor = answer.amount.amount_minor
    payment.save(update_fields=["state", "charged_minor", "authorized_minor"])
    return answer


def _taken_minor(order_id: UUID) -> int:
    """What is charged or authorized for an order, in its currency's minor units."""
    taken = Payment.objects.filter(
        order_id=order_id,
        returned_at__isnull=True,
        state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED],
    )
    return sum(payment.amount_minor for payment in taken)


def lock_order(order_id: UUID) -> None:
    """Wait for another request that pays the same order (until this transaction ends)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(order_id)])


def known_answer(payment: Payment) -> Answer:
    """The earlier answer, for a payment that has its outcome."""
    amount = Money(payment.amount_minor, payment.currency)
    result = {
        PaymentState.PENDING: (
            "CHARGE_REQUEST" if payment.method == Method.BANK else "CHARGE_ACTION_REQUIRED"
        ),
        PaymentState.AUTHORIZED: "AUTHORIZATION_SUCCESS",
        PaymentState.FAILED: "CHARGE_FAILURE",
        PaymentState.CANCELLED: "CHARGE_FAILURE",
    }.get(PaymentState(payment.state), "CHARGE_SUCCESS")
    return Answer(result, amount)


def refusal(refused: errors.PaymentRefused, amount: Money) -> Answer:
    """A refusal as the answer that the engine is given."""
    return Answer("CHARGE_FAILURE", amount, message=refused.code, data={"refused": refused.code})
