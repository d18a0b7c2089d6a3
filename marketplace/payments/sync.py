"""Synchronous webhooks of payments: may this be paid, charge, refund, cancel.

Answers come from local data, and from an external provider where needed. A refusal is an
answer (…_FAILURE), never an error of the page; a request with an empty body (the engine sends one
when it retries) gets a reference and is settled by ``jobs.send_refunds``.
"""

import logging
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from marketplace.core.money import Money
from marketplace.payments import errors
from marketplace.payments.checkouts import Payable, payable
from marketplace.payments.engine import RETRIED
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.offered_providers import offered, providers_of_market
from marketplace.payments.providers import Answer, provider_for, provider_named
from marketplace.payments.services import take_payment
from marketplace.saleor import ids
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

Payload = dict[str, Any]


def gateway_initialize(payload: Payload) -> Payload:
    """Which providers may pay this checkout."""
    facts = _payable_of(payload)
    names = [] if facts is None else [provider.name for provider in offered(facts)]
    return {"data": {"providers": names}}


def transaction_initialize(payload: Payload) -> Payload:
    """Begin a payment; repeated for the same transaction, it gives the same answer."""
    if not _names_a_transaction(payload):
        return _reference_only()
    data = payload.get("data") or {}
    amount = _amount(payload["action"], payload["action"]["currency"])
    transaction_id = payload["transaction"]["id"]
    if payment := _payment_of(payload):
        return _again(payment, data)
    try:
        facts = _payable_of(payload)
        if facts is None:
            raise errors.NotQuoted
        provider = provider_for(data, providers_of_market(facts.market, facts.currency))
        payment = take_payment.begin_payment(transaction_id, facts, provider, amount)
    except errors.PaymentRefused as refusal:
        return take_payment.refusal(refusal, amount).as_payload(f"twiza-refused-{uuid4().hex}")
    return _settled(payment, lambda: provider.start(payment, data))


def transaction_process(payload: Payload) -> Payload:
    """Continue after the buyer's second step."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    provider = provider_named(payment.provider)
    return _settled(payment, lambda: provider.continue_payment(payment, payload.get("data") or {}))


def charge_requested(payload: Payload) -> Payload:
    """Charge what was authorized: a carrier has remitted the cash."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = _amount(payload["action"], payment.currency)
    answer = provider_named(payment.provider).charge(payment, amount)
    return answer.as_payload(f"twiza-charge-{payment.pk.hex}")


def cancelation_requested(payload: Payload) -> Payload:
    """Cancel an authorization that was not charged."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = Money(payment.authorized_minor, payment.currency)
    answer = provider_named(payment.provider).cancel(payment, amount)
    return answer.as_payload(f"twiza-cancel-{payment.pk.hex}")


def refund_requested(payload: Payload) -> Payload:
    """Refund; the reference names our refund, so that a repetition is recognized."""
    payment = _payment_of(payload)
    if payment is None:
        return _reference_only()
    amount = _amount(payload["action"], payment.currency)
    reference = _refund_reference(payload, payment, amount)
    try:
        answer = provider_named(payment.provider).refund(payment, amount, key=reference)
    except errors.PaymentRefused as unknown:
        # The loop repeats it under the same key, and then reports the outcome.
        logger.warning("Refund %s is not known to be made: %s", reference, unknown.code)
        return _reference_only()
    return answer.as_payload(reference)


def _again(payment: Payment, data: Payload) -> Payload:
    """The same transaction again: an external provider says how far it is."""
    provider = provider_named(payment.provider)
    if payment.state == PaymentState.PENDING and provider.is_external:
        return _settled(payment, lambda: provider.start(payment, data))
    return take_payment.known_answer(payment).as_payload(payment.psp_reference)


def _settled(payment: Payment, ask: Callable[[], Answer]) -> Payload:
    return take_payment.settle(payment, ask).as_payload(payment.psp_reference)


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
    """The engine's float as the decimal that it prints."""
    return Money.from_decimal(Decimal(str(action["amount"])), currency)


def _reference_only() -> Payload:
    """An answer that neither succeeds nor fails: the engine waits for a report."""
    logger.warning("A payment request arrived without its body; answered with a reference only")
    return {"pspReference": f"{RETRIED}{uuid4().hex}"}
