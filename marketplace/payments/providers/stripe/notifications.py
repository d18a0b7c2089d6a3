"""Handles Stripe's notifications: the object is fetched, and its present state counts.

So the order, delay and repetition of events do not matter.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marketplace.core.money import Money
from marketplace.payments import engine
from marketplace.payments.models import DisputeState, ExternalPayment, Payment, ProviderNotification
from marketplace.payments.providers import LATER, Answer
from marketplace.payments.providers.stripe.amounts import from_stripe
from marketplace.payments.providers.stripe.client import client
from marketplace.payments.providers.stripe.outcomes import refund_result
from marketplace.payments.providers.stripe.provider import Stripe
from marketplace.payments.services import external_payments, provider_reports

DISPUTE_STATES = {"won": DisputeState.WON, "lost": DisputeState.LOST}
# An inquiry of the bank's: no money has moved.
INQUIRY = "warning_"


def handle(notification: ProviderNotification) -> None:
    """Handle a notification by its kind; unknown kinds are ignored."""
    for beginning, handler in HANDLERS.items():
        if notification.kind.startswith(beginning):
            handler(notification.subject)
            return


def _intent(reference: str) -> None:
    _payment_changed(client().v1.payment_intents.retrieve(reference))


def _session(reference: str) -> None:
    external = ExternalPayment.objects.filter(session=reference).first()
    if external is not None:
        external_payments.refresh_payment(payment_id=external.payment_id)


def _charge(reference: str) -> None:
    charge = client().v1.charges.retrieve(reference)
    if charge.payment_intent:
        _intent(str(charge.payment_intent))


def _payment_changed(intent: Any) -> None:
    payment = _payment_of(intent.metadata)
    if payment is None:
        return
    external = ExternalPayment.objects.filter(payment=payment).first()
    if external is not None and not external.reference and external.session:
        ExternalPayment.objects.filter(pk=external.pk).update(reference=intent.id)
    elif external is None or external.reference != intent.id:
        return
    external_payments.refresh_payment(payment_id=payment.pk)
    if intent.status == "succeeded":
        _record_fee(payment, str(intent.latest_charge))


def _record_fee(payment: Payment, charge_id: str) -> None:
    """The fee stands in the charge's movement of the balance, which may come a little later."""
    charge = client().v1.charges.retrieve(charge_id, {"expand": ["balance_transaction"]})
    moved: Any = charge.balance_transaction
    if moved is None or not moved.fee:
        return
    fee = from_stripe(moved.fee, moved.currency)
    provider_reports.record_fee(
        payment=payment, key=f"stripe:{moved.id}", fee=fee, occurred_at=_instant(moved.created)
    )


def _refund(reference: str) -> None:
    refund: Any = client().v1.refunds.retrieve(reference)
    payment = _payment_of(refund.metadata)
    result = refund_result(refund.status)
    if payment is None or result == LATER:
        return
    amount = from_stripe(refund.amount, refund.currency)
    engine.report_refund(payment, Answer(result, amount), key=refund.metadata["refund"])


def _dispute(reference: str) -> None:
    dispute: Any = client().v1.disputes.retrieve(reference)
    external = ExternalPayment.objects.filter(reference=str(dispute.payment_intent or "-")).first()
    if external is None or dispute.status.startswith((INQUIRY, "prevented")):
        return
    payment = external.payment
    amount = from_stripe(dispute.amount, dispute.currency)
    fee = sum(moved.fee for moved in dispute.balance_transactions)
    in_same = all(m.currency == dispute.currency for m in dispute.balance_transactions)
    opened_at = _instant(dispute.created)
    moved_at = [_instant(moved.created) for moved in dispute.balance_transactions]
    due = dispute.evidence_details.due_by
    provider_reports.record_dispute(
        payment=payment,
        reference=dispute.id,
        state=DISPUTE_STATES.get(dispute.status, DisputeState.OPEN),
        amount=amount,
        fee_minor=from_stripe(fee, dispute.currency).amount_minor if in_same else 0,
        reason=dispute.reason,
        opened_at=opened_at,
        seen_at=max([opened_at, *moved_at]),
        answer_by=_instant(due) if due else None,
    )
    if not in_same:
        _record_dispute_fee(payment, dispute)


def _record_dispute_fee(payment: Payment, dispute: Any) -> None:
    """The balance is kept in another currency than the sale's: its fee is told by itself."""
    for moved in dispute.balance_transactions:
        if moved.fee:
            fee = from_stripe(moved.fee, moved.currency)
            key, at = f"stripe:{moved.id}", _instant(moved.created)
            provider_reports.record_fee(payment=payment, key=key, fee=fee, occurred_at=at)


def _payout(reference: str) -> None:
    payout: Any = client().v1.payouts.retrieve(reference)
    key, amount = f"stripe:payout:{payout.id}", from_stripe(payout.amount, payout.currency)
    if payout.status == "paid":
        _record_payout(payout, key, amount, _instant(payout.arrival_date))
    elif payout.status == "failed" and provider_reports.is_recorded(key):
        # Stripe calls a payout paid when the bank should have it; banks send some back later.
        back = Money(-amount.amount_minor, amount.currency)
        _record_payout(payout, f"stripe:payout-returned:{payout.id}", back, datetime.now(UTC))


def _record_payout(payout: Any, key: str, amount: Money, at: datetime) -> None:
    trace = getattr(payout, "trace_id", None)
    reference = str((trace.value if trace else "") or payout.id)
    provider_reports.record_payout(
        provider=Stripe.name, key=key, amount=amount, reference=reference, occurred_at=at
    )


def _payment_of(metadata: Any) -> Payment | None:
    """Ours, by what we wrote on the object; another shop's on the same account is not."""
    try:
        key = UUID(metadata["payment"])
    except (KeyError, TypeError, ValueError):
        return None
    return Payment.objects.filter(pk=key, provider=Stripe.name).first()


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


HANDLERS: dict[str, Callable[[str], None]] = {
    "payment_intent.": _intent,
    "checkout.session.": _session,
    "charge.dispute.": _dispute,
    "charge.refund": lambda _charge_id: None,
    "charge.": _charge,
    "refund.": _refund,
    "payout.": _payout,
}
