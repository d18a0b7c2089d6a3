"""Cards by Stripe: in Stripe's fields on our page, or on Stripe's own page without JavaScript.

A payment is one payment intent (``way=fields``) or one Checkout session (``way=hosted``); before a
buyer changes from one to the other the first one is closed, so that nobody pays twice. The intent's
state at Stripe decides; what the buyer's browser says never does.
"""

from typing import Any, ClassVar

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import PaymentRefused, ProviderSilent
from marketplace.payments.models import ExternalPayment, Method, Payment
from marketplace.payments.providers.base import Answer, Shown
from marketplace.payments.providers.stripe.amounts import to_stripe
from marketplace.payments.providers.stripe.client import client
from marketplace.payments.providers.stripe.outcomes import (
    outcome_of,
    refund_result,
    still_waiting,
    stripe_errors_as_ours,
)
from marketplace.payments.providers.stripe.payloads import (
    amount_of,
    amount_payload,
    idempotency_key,
    our_references,
    session_payload,
)


class Stripe:
    """Cards of buyers abroad, for a programme with an account at Stripe."""

    name: ClassVar[str] = "stripe"
    method: ClassVar[str] = Method.CARD
    is_external: ClassVar[bool] = True
    shown: ClassVar[Shown] = Shown(
        title=_("Card"),
        note=_("Charged now and held until each parcel has arrived."),
        icon="credit-card",
        page="fields",
    )

    def missing(self) -> list[str]:
        """Names of settings that are not set."""
        wanted = ("STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET")
        return [f"TWIZA_{name}" for name in wanted if not getattr(settings, name)]

    def page_policy(self) -> dict[str, list[str]]:
        """Stripe's script and frames, and the redirect to its own page."""
        return {
            "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
            "frame-src": [
                "https://js.stripe.com",
                "https://*.js.stripe.com",
                "https://hooks.stripe.com",
            ],
            "connect-src": ["'self'", "https://api.stripe.com"],
            "form-action": ["https://checkout.stripe.com"],
        }

    def page_data(self, amount: Money) -> dict[str, str]:
        """What Stripe's fields need."""
        return {
            "key": settings.STRIPE_PUBLISHABLE_KEY,
            "amount": str(to_stripe(amount)),
            "currency": amount.currency.lower(),
        }

    def check(self, payable: Payable) -> None:
        to_stripe(Money(payable.total_minor, payable.currency))

    def start(self, payment: Payment, data: dict[str, Any]) -> Answer:
        external, _made = ExternalPayment.objects.get_or_create(payment=payment)
        hosted = data.get("way") == "hosted"
        with stripe_errors_as_ours():
            if (hosted and external.reference) or (not hosted and external.session):
                found = self._close(external)
                if found is not None:
                    return found
            return self._hosted(external, data) if hosted else self._fields(external)

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """The buyer is back: the intent's state at Stripe. A refused one is closed."""
        del data
        answer = self.fetch_status(payment)
        if answer.result == "CHARGE_ACTION_REQUIRED" and answer.message:
            with stripe_errors_as_ours():
                closed = self._close(payment.external)
            if closed is not None:
                return closed
            raise PaymentRefused
        return answer

    def fetch_status(self, payment: Payment) -> Answer:
        """What became of a payment; ``message`` says that a try was refused."""
        external = ExternalPayment.objects.filter(payment=payment).first()
        if external is None:
            return still_waiting(payment)
        with stripe_errors_as_ours():
            intent = self._intent(external)
        return still_waiting(payment) if intent is None else outcome_of(intent)

    def abandon(self, payment: Payment) -> Answer:
        """Close an abandoned payment; one that was paid meanwhile stays paid."""
        external = ExternalPayment.objects.filter(payment=payment).first()
        with stripe_errors_as_ours():
            closed = self._close(external) if external else None
        return closed or Answer("CHARGE_FAILURE", amount_of(payment), message="given_up")

    def charge(self, payment: Payment, amount: Money) -> Answer:
        del payment
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        asked: dict[str, Any] = {
            "payment_intent": payment.external.reference,
            "amount": to_stripe(amount),
            "metadata": {"payment": str(payment.pk), "refund": key},
        }
        with stripe_errors_as_ours():
            try:
                made = client().v1.refunds.create(asked, {"idempotency_key": key})  # type: ignore[arg-type]
            except stripe.InvalidRequestError as refused:
                return Answer("REFUND_FAILURE", amount, message=str(refused.code or "refused"))
        return Answer(refund_result(made.status), amount, actions=("REFUND",))

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        del amount
        closed = self.abandon(payment)
        if closed.result == "CHARGE_SUCCESS":
            return Answer("CANCEL_FAILURE", amount_of(payment), message="already_paid")
        return Answer("CANCEL_SUCCESS", amount_of(payment))

    def _fields(self, external: ExternalPayment) -> Answer:
        payment = external.payment
        if not external.reference:
            asked = {
                **amount_payload(payment),
                "payment_method_types": ["card"],
                "description": f"Twiza {payment.order_id}",
                **our_references(payment),
            }
            made = client().v1.payment_intents.create(asked, idempotency_key(external, "intent"))  # type: ignore[arg-type]
            external.reference = made.id
            external.save(update_fields=["reference"])
            return outcome_of(made)
        return outcome_of(client().v1.payment_intents.retrieve(external.reference))

    def _hosted(self, external: ExternalPayment, data: dict[str, Any]) -> Answer:
        payment = external.payment
        if external.session:
            session = client().v1.checkout.sessions.retrieve(external.session)
        else:
            try:
                session = client().v1.checkout.sessions.create(
                    session_payload(payment, data),  # type: ignore[arg-type]
                    idempotency_key(external, "session"),
                )
            except stripe.IdempotencyError as other:
                # An answer was lost, and the request has changed: nobody has seen that page.
                external.tries += 1
                external.save(update_fields=["tries"])
                raise ProviderSilent from other
            external.session = session.id
            external.save(update_fields=["session"])
        if session.status != "open" or not session.url:
            intent = self._intent(external)
            return still_waiting(payment) if intent is None else outcome_of(intent)
        answer = still_waiting(payment)
        answer.data["redirect"] = {"method": "GET", "url": session.url}
        return answer

    def _intent(self, external: ExternalPayment) -> Any:
        """The intent at Stripe; that of a session is known once the buyer has confirmed."""
        if external.session and not external.reference:
            session = client().v1.checkout.sessions.retrieve(external.session)
            if not session.payment_intent:
                return None
            external.reference = str(session.payment_intent)
            external.save(update_fields=["reference"])
        if not external.reference:
            return None
        return client().v1.payment_intents.retrieve(external.reference)

    def _close(self, external: ExternalPayment) -> Answer | None:
        """End what the buyer could still pay; the outcome if it was paid meanwhile."""
        try:
            if external.session:
                client().v1.checkout.sessions.expire(external.session)
            elif external.reference:
                client().v1.payment_intents.cancel(external.reference)
        except stripe.InvalidRequestError:
            intent = self._intent(external)
            if intent is not None and intent.status not in {"canceled", "requires_payment_method"}:
                return outcome_of(intent)
        external.session = external.reference = ""
        external.tries += 1
        external.save(update_fields=["session", "reference", "tries"])
        return None
