"""What the engine asks while a buyer waits: may this be paid, charge, give back, cancel.

Answers come from local data only. A refusal is an answer (…_FAILURE), never an error of the page;
a request with an empty body (the engine sends one when it retries) gets a reference and is settled
by ``jobs.settle_open_refunds``.
"""

import logging
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from marketplace.core.money import Money
from marketplace.payments import errors
from marketplace.payments.checkouts import Payable, payable
from marketplace.payments.engine import RETRIED
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.providers import Answer, Provider, available, provider_for, provider_named
from marketplace.saleor import ids
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

Payload = dict[str, Any]

STATE_AFTER = {
    "CHARGE_SUCCESS": PaymentState.CHARGED,
    "AUTHORIZATION_SUCCESS": PaymentState.AUTHORIZED,
    "CHARGE_ACTION_REQUIRED": PaymentState.PENDING,
    "CHARGE_FAILURE": PaymentState.FAILED,
    "CANCEL_SUCCESS": PaymentState.CANCELLED,
}


def gateway_initialize(payload: Payload) -> Payload:
    """Which providers may pay this checkout."""
    facts = _payable_of(payload)
    names = [] if facts is None else [p.name for p in available().values() if _allows(p, facts)]
    return {"data": {"providers": names}}


def transaction_initialize(payload: Payload) -> Payload:
    """Begin a payment; asked again for the same transaction, gives the same answer."""
    if not _names_a_transaction(payload):
        return _reference_only()
    data = payload.get("data") or {}
    amount = _amount(payload["action"], payload["action"]["currency"])
    transaction_id = payload["transaction"]["id"]
    if payment := _payment_of(payload):
        return _known_answer(payment).as_payload(payment.psp_reference)
    try:
        facts = _payable_of(payload)
        if facts is None:
            raise errors.NotQuoted
        provider = provider_for(data)
        payment = _begin(transaction_id, facts, provider, amount)
    except errors.PaymentRefused as refusal:
        return _refusal(refusal, amount).as_payload(f"twiza-refused-{uuid4().hex}")
    return _settle(payment, lambda: provider.start(payment, data))


def transaction_process(payload: Payload) -> Payload:
    """Go on after the buyer's second step."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    provider = provider_named(payment.provider)
    return _settle(payment, lambda: provider.go_on(payment, payload.get("data") or {}))


def charge_requested(payload: Payload) -> Payload:
    """Take money that was promised: a carrier has brought the cash back."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = _amount(payload["action"], payment.currency)
    answer = provider_named(payment.provider).charge(payment, amount)
    return answer.as_payload(f"twiza-charge-{payment.pk.hex}")


def cancelation_requested(payload: Payload) -> Payload:
    """Give up a promise that was not taken."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = Money(payment.authorized_minor, payment.currency)
    answer = provider_named(payment.provider).cancel(payment, amount)
    return answer.as_payload(f"twiza-cancel-{payment.pk.hex}")


def refund_requested(payload: Payload) -> Payload:
    """Give money back; the reference names our refund, so that a repetition is recognised."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = _amount(payload["action"], payment.currency)
    answer = provider_named(payment.provider).refund(payment, amount)
    return answer.as_payload(_refund_reference(payload, payment, amount))


def _begin(transaction_id: str, facts: Payable, provider: Provider, amount: Money) -> Payment:
    """Write the payment before the provider is asked; one at a time for each order."""
    payment_id = uuid4()
    with transaction.atomic():
        _lock_order(facts.order_id)
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


def _settle(payment: Payment, ask: Callable[[], Answer]) -> Payload:
    """Ask the provider and keep its answer; a second payment of the order is refused."""
    with transaction.atomic():
        _lock_order(payment.order_id)
        payment.refresh_from_db()
        if payment.state != PaymentState.PENDING:
            return _known_answer(payment).as_payload(payment.psp_reference)
        return _keep(payment, _ask(payment, ask)).as_payload(payment.psp_reference)


def _ask(payment: Payment, ask: Callable[[], Answer]) -> Answer:
    try:
        if _taken_minor(payment.order_id) + payment.amount_minor > payment.total_minor:
            raise errors.AlreadyPaid
        return ask()
    except errors.PaymentRefused as refusal:
        return _refusal(refusal, Money(payment.amount_minor, payment.currency))


def _keep(payment: Payment, answer: Answer) -> Answer:
    payment.state = STATE_AFTER[answer.result]
    if payment.state == PaymentState.CHARGED:
        payment.charged_minor = answer.amount.amount_minor
    if payment.state == PaymentState.AUTHORIZED:
        payment.authorized_minor = answer.amount.amount_minor
    payment.save(update_fields=["state", "charged_minor", "authorized_minor"])
    return answer


def _taken_minor(order_id: UUID) -> int:
    """What is charged or promised for an order already, in its currency's minor units."""
    taken = Payment.objects.filter(
        order_id=order_id,
        returned_at__isnull=True,
        state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED],
    )
    return sum(payment.amount_minor for payment in taken)


def _lock_order(order_id: UUID) -> None:
    """Wait for another request that pays the same order (until this transaction ends)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(order_id)])


def _known_answer(payment: Payment) -> Answer:
    amount = Money(payment.amount_minor, payment.currency)
    result = {
        PaymentState.PENDING: "CHARGE_ACTION_REQUIRED",
        PaymentState.AUTHORIZED: "AUTHORIZATION_SUCCESS",
        PaymentState.FAILED: "CHARGE_FAILURE",
        PaymentState.CANCELLED: "CHARGE_FAILURE",
    }.get(PaymentState(payment.state), "CHARGE_SUCCESS")
    return Answer(result, amount)


def _allows(provider: Provider, facts: Payable) -> bool:
    try:
        provider.check(facts)
    except errors.PaymentRefused:
        return False
    return True


def _refusal(refusal: errors.PaymentRefused, amount: Money) -> Answer:
    return Answer("CHARGE_FAILURE", amount, message=refusal.code, data={"refused": refusal.code})


def _refund_reference(payload: Payload, payment: Payment, amount: Money) -> str:
    """Our refund's reference: named in the grant's reason, else the oldest open one that fits."""
    reason = (payload.get("grantedRefund") or {}).get("reason") or ""
    open_ones = (
        Refund.objects.crossing(Crossing.ENGINE_PROJECTION)
        .filter(payment=payment)
        .exclude(state=RefundState.FAILED)
        .order_by("requested_at")
    )
    for refund in open_ones:
        if str(refund.pk) in reason:
            return str(refund.psp_reference)
    for refund in open_ones:
        if refund.state == RefundState.SENT and refund.total_minor == amount.amount_minor:
            return str(refund.psp_reference)
    return f"twiza-return-{payment.pk.hex}"


def _payable_of(payload: Payload) -> Payable | None:
    source = payload.get("sourceObject") or {}
    if source.get("__typename") != "Checkout" or not source.get("id"):
        return None
    checkout_id: UUID | None = ids.our_id(ids.CHECKOUT, source["id"])
    return payable(checkout_id) if checkout_id else None


def _payment_of(payload: Payload) -> Payment | None:
    if not _names_a_transaction(payload):
        return None
    payment_id = ids.our_id(ids.TRANSACTION, payload["transaction"]["id"])
    return Payment.objects.filter(pk=payment_id).first() if payment_id else None


def _names_a_transaction(payload: Payload) -> bool:
    return bool((payload.get("transaction") or {}).get("id")) and bool(
        payload.get("action") or "data" in payload
    )


def _amount(action: Payload, currency: str) -> Money:
    """The engine's float, read as the decimal that it prints."""
    return Money.from_decimal(Decimal(str(action["amount"])), currency)


def _reference_only() -> Payload:
    """An answer that neither succeeds nor fails: the engine waits for a report."""
    logger.warning("A payment request arrived without its body; answered with a reference only")
    return {"pspReference": f"{RETRIED}{uuid4().hex}"}
