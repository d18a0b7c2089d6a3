"""Fees, disputes and payouts of providers; each is published once."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.events import Event, publish
from marketplace.core.money import Money
from marketplace.payments import engine
from marketplace.payments.events import (
    Dispute,
    DisputeLost,
    DisputeOpened,
    DisputeWon,
    PaymentFeeCharged,
    ProviderPaidOut,
)
from marketplace.payments.models import DisputeState, Payment, PaymentDispute, ProviderFact
from marketplace.payments.providers import Answer

CLOSED: dict[DisputeState, type[Dispute]] = {
    DisputeState.WON: DisputeWon,
    DisputeState.LOST: DisputeLost,
}


def record_fee(*, payment: Payment, key: str, fee: Money, occurred_at: datetime) -> bool:
    """Publish PaymentFeeCharged for a provider's fee, once; returns whether it was new."""
    return _once(
        key,
        payment,
        fee,
        PaymentFeeCharged(
            aggregate_id=payment.pk,
            occurred_at=occurred_at,
            key=key,
            provider=payment.provider,
            payment_id=payment.pk,
            order_id=payment.order_id,
            fee_minor=fee.amount_minor,
            currency=fee.currency,
        ),
    )


def record_payout(
    *, provider: str, key: str, amount: Money, reference: str, occurred_at: datetime
) -> bool:
    """Publish a provider's payout (negative: returned by the bank), once for each key."""
    event = ProviderPaidOut(
        aggregate_id=uuid5(NAMESPACE_URL, key),
        occurred_at=occurred_at,
        key=key,
        provider=provider,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        reference=reference,
    )
    return _once(key, None, amount, event, provider=provider)


def is_recorded(key: str) -> bool:
    """Whether a fee or payout was published before."""
    return ProviderFact.objects.filter(key=key).exists()


# long: the facts of a dispute are its arguments and its columns
def record_dispute(
    *,
    payment: Payment,
    reference: str,
    state: DisputeState,
    amount: Money,
    fee_minor: int,
    reason: str,
    opened_at: datetime,
    seen_at: datetime,
    answer_by: datetime | None = None,
) -> PaymentDispute:
    """Record the state of a dispute; its events are published in order: opened, then won or lost.

    The engine's order then shows the money as gone, or as there again. Raises EngineUnavailable or
    EngineRefused, and may be called again.
    """
    with transaction.atomic():
        dispute, new = PaymentDispute.objects.select_for_update().get_or_create(
            reference=reference,
            defaults={
                "payment": payment,
                "provider": payment.provider,
                "currency": amount.currency,
                "amount_minor": amount.amount_minor,
                "fee_minor": fee_minor,
                "reason": reason[:60],
                "opened_at": opened_at,
                "answer_by": answer_by,
            },
        )
        if new:
            _publish_dispute(DisputeOpened, dispute, opened_at)
        if dispute.state == DisputeState.OPEN and state != DisputeState.OPEN:
            dispute.state, dispute.closed_at = state, seen_at
            dispute.save(update_fields=["state", "closed_at"])
            _publish_dispute(CLOSED[state], dispute, seen_at)
    _report(dispute)
    return dispute


def _publish_dispute(kind: type[Dispute], dispute: PaymentDispute, at: datetime) -> None:
    publish(
        kind(
            aggregate_id=dispute.pk,
            occurred_at=at,
            dispute_id=dispute.pk,
            payment_id=dispute.payment_id,
            order_id=dispute.payment.order_id,
            amount_minor=dispute.amount_minor,
            currency=dispute.currency,
            fee_minor=dispute.fee_minor,
        )
    )
    record(f"dispute.{dispute.state}", dispute, by=Actor.system(dispute.provider))


def _report(dispute: PaymentDispute) -> None:
    """Report to the engine what it does not know: the chargeback, and a won dispute."""
    amount = Money(dispute.amount_minor, dispute.currency)
    if not dispute.reported:
        engine.report_event(
            dispute.payment, Answer("CHARGE_BACK", amount), reference=f"dispute-{dispute.reference}"
        )
        _mark_reported(dispute, DisputeState.OPEN)
    if dispute.state == DisputeState.WON and dispute.reported != DisputeState.WON:
        again = Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))
        engine.report_event(dispute.payment, again, reference=f"dispute-won-{dispute.reference}")
        _mark_reported(dispute, DisputeState.WON)


def _mark_reported(dispute: PaymentDispute, what: DisputeState) -> None:
    dispute.reported = what
    PaymentDispute.objects.filter(pk=dispute.pk).update(reported=what)


def _once(
    key: str, payment: Payment | None, amount: Money, event: Event, *, provider: str = ""
) -> bool:
    with transaction.atomic():
        _fact, new = ProviderFact.objects.get_or_create(
            key=key,
            defaults={
                "provider": provider or (payment.provider if payment else ""),
                "payment": payment,
                "currency": amount.currency,
                "amount_minor": amount.amount_minor,
                "occurred_at": event.occurred_at,
            },
        )
        if new:
            publish(event)
    return new
