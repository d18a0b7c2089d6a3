"""Cards by Stripe: in Stripe's fields on our page, or on Stripe's own page without JavaScript.

A payment is one payment intent (``way=fields``) or one Checkout session (``way=hosted``); whoever
changes from one to the other has the first one closed before the second is made, so that nobody
pays twice. The intent's state at Stripe decides; what the buyer's browser says never does.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import PaymentRefused, ProviderSilent, ProviderUnavailable
from marketplace.payments.models import ExternalPayment, Method, Payment
from marketplace.payments.providers.base import LATER, Answer, Shown
from marketplace.payments.providers.return_addresses import ours
from marketplace.payments.providers.stripe.amounts import from_stripe, to_stripe
from marketplace.payments.providers.stripe.client import client

logger = logging.getLogger(__name__)

# Every buyer's intents and sessions end by themselves this long after the payment was begun.
SESSION_SECONDS = 2 * 3600
SILENT = (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError)


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
        """The settings that are not set."""
        wanted = ("STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET")
        return [f"TWIZA_{name}" for name in wanted if not getattr(settings, name)]

    def page_policy(self) -> dict[str, list[str]]:
        """Stripe's script and its frames, and the way to its own page."""
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
        """What Stripe's fields are made with."""
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
        with answered():
            if (hosted and external.reference) or (not hosted and external.session):
                found = self._close(external)
                if found is not None:
                    return found
            return self._hosted(external, data) if hosted else self._fields(external)

    def continue_payment(self, payment: Payment, data: dict[str, Any]) -> Answer:
        """The buyer is back: what Stripe says of the intent. A refused one is closed for good."""
        del data
        answer = self.fetch_status(payment)
        if answer.result == "CHARGE_ACTION_REQUIRED" and answer.message:
            with answered():
                closed = self._close(payment.external)
            if closed is not None:
                return closed
            raise PaymentRefused
        return answer

    def fetch_status(self, payment: Payment) -> Answer:
        """What has become of a payment, whoever asks; ``message`` says that a try was refused."""
        external = ExternalPayment.objects.filter(payment=payment).first()
        if external is None:
            return _waiting(payment)
        with answered():
            intent = self._intent(external)
        return _waiting(payment) if intent is None else _answer(intent)

    def abandon(self, payment: Payment) -> Answer:
        """Close what the buyer left lying; what was paid meanwhile stays paid."""
        external = ExternalPayment.objects.filter(payment=payment).first()
        with answered():
            closed = self._close(external) if external else None
        return closed or Answer("CHARGE_FAILURE", _amount(payment), message="given_up")

    def charge(self, payment: Payment, amount: Money) -> Answer:
        del payment
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))

    def refund(self, payment: Payment, amount: Money, *, key: str) -> Answer:
        asked: dict[str, Any] = {
            "payment_intent": payment.external.reference,
            "amount": to_stripe(amount),
            "metadata": {"payment": str(payment.pk), "refund": key},
        }
        with answered():
            try:
                made = client().v1.refunds.create(asked, {"idempotency_key": key})  # type: ignore[arg-type]
            except stripe.InvalidRequestError as refused:
                return Answer("REFUND_FAILURE", amount, message=str(refused.code or "refused"))
        return Answer(refund_result(made.status), amount, actions=("REFUND",))

    def cancel(self, payment: Payment, amount: Money) -> Answer:
        del amount
        closed = self.abandon(payment)
        if closed.result == "CHARGE_SUCCESS":
            return Answer("CANCEL_FAILURE", _amount(payment), message="already_paid")
        return Answer("CANCEL_SUCCESS", _amount(payment))

    def _fields(self, external: ExternalPayment) -> Answer:
        payment = external.payment
        if not external.reference:
            asked = {
                **_money(payment),
                "payment_method_types": ["card"],
                "description": f"Twiza {payment.order_id}",
                **_marks(payment),
            }
            made = client().v1.payment_intents.create(asked, _key(external, "intent"))  # type: ignore[arg-type]
            external.reference = made.id
            external.save(update_fields=["reference"])
            return _answer(made)
        return _answer(client().v1.payment_intents.retrieve(external.reference))

    def _hosted(self, external: ExternalPayment, data: dict[str, Any]) -> Answer:
        payment = external.payment
        if external.session:
            session = client().v1.checkout.sessions.retrieve(external.session)
        else:
            try:
                session = client().v1.checkout.sessions.create(
                    _session(payment, data),  # type: ignore[arg-type]
                    _key(external, "session"),
                )
            except stripe.IdempotencyError as other:
                # An answer was lost, and the buyer asks otherwise now: that page nobody has seen.
                external.tries += 1
                external.save(update_fields=["tries"])
                raise ProviderSilent from other
            external.session = session.id
            external.save(update_fields=["session"])
        if session.status != "open" or not session.url:
            intent = self._intent(external)
            return _waiting(payment) if intent is None else _answer(intent)
        answer = _waiting(payment)
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
        """End what the buyer could still pay; the answer if it was paid meanwhile."""
        try:
            if external.session:
                client().v1.checkout.sessions.expire(external.session)
            elif external.reference:
                client().v1.payment_intents.cancel(external.reference)
        except stripe.InvalidRequestError:
            intent = self._intent(external)
            if intent is not None and intent.status not in {"canceled", "requires_payment_method"}:
                return _answer(intent)
        external.session = external.reference = ""
        external.tries += 1
        external.save(update_fields=["session", "reference", "tries"])
        return None


@contextmanager
def answered() -> Iterator[None]:
    """Stripe's silence and its refusal of our key, as errors of ours."""
    try:
        yield
    except stripe.CardError as refused:
        raise PaymentRefused from refused
    except SILENT as silent:
        raise ProviderSilent from silent
    except (stripe.AuthenticationError, stripe.PermissionError) as refused:
        logger.exception("Stripe does not accept our key")
        raise ProviderUnavailable from refused
    except stripe.StripeError as refused:
        logger.exception("Stripe refused a call of ours")
        raise PaymentRefused from refused


def refund_result(status: str | None) -> str:
    """The engine's word for a refund's status at Stripe."""
    if status == "succeeded":
        return "REFUND_SUCCESS"
    return "REFUND_FAILURE" if status in {"failed", "canceled"} else LATER


def _answer(intent: Any) -> Answer:
    if intent.status == "succeeded":
        amount = from_stripe(intent.amount_received, intent.currency)
        return Answer("CHARGE_SUCCESS", amount, actions=("REFUND",))
    amount = from_stripe(intent.amount, intent.currency)
    if intent.status == "canceled":
        return Answer("CHARGE_FAILURE", amount, message="payment_refused")
    refused = intent.status == "requires_payment_method" and intent.last_payment_error
    return Answer(
        "CHARGE_ACTION_REQUIRED",
        amount,
        message="payment_refused" if refused else "",
        data={"client_secret": intent.client_secret, "status": intent.status},
    )


def _waiting(payment: Payment) -> Answer:
    return Answer("CHARGE_ACTION_REQUIRED", _amount(payment))


def _amount(payment: Payment) -> Money:
    return Money(payment.amount_minor, payment.currency)


def _money(payment: Payment) -> dict[str, Any]:
    return {"amount": to_stripe(_amount(payment)), "currency": payment.currency.lower()}


def _marks(payment: Payment) -> dict[str, Any]:
    """What ties Stripe's books to ours: transfers to cooperatives carry the same group."""
    return {
        "transfer_group": transfer_group(payment.order_id),
        "metadata": {"payment": str(payment.pk), "order": str(payment.order_id)},
    }


def transfer_group(order_id: object) -> str:
    """The group of an order's charge, and of the transfers that come of it."""
    return f"order-{order_id}"


def _session(payment: Payment, data: dict[str, Any]) -> dict[str, Any]:
    money = _money(payment)
    name = str(data.get("title") or "Twiza")[:120]
    back = ours(data.get("return_url"))
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "client_reference_id": str(payment.pk),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": money["currency"],
                    "unit_amount": money["amount"],
                    "product_data": {"name": name},
                },
            }
        ],
        "payment_intent_data": _marks(payment),
        "metadata": {"payment": str(payment.pk)},
        "success_url": back,
        "cancel_url": back,
        "locale": data["language"] if data.get("language") in {"fr", "en"} else "auto",
        "expires_at": int(payment.created_at.timestamp()) + SESSION_SECONDS,
    }


def _key(external: ExternalPayment, what: str) -> Any:
    return {"idempotency_key": f"twiza-{external.payment_id.hex}-{what}-{external.tries}"}
