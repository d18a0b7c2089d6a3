"""What Stripe answers, as outcomes and errors of ours."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe

from marketplace.payments.errors import PaymentRefused, ProviderSilent, ProviderUnavailable
from marketplace.payments.models import Payment
from marketplace.payments.providers.base import LATER, Answer
from marketplace.payments.providers.stripe.amounts import from_stripe
from marketplace.payments.providers.stripe.payloads import amount_of

logger = logging.getLogger(__name__)

SILENT = (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError)


@contextmanager
def stripe_errors_as_ours() -> Iterator[None]:
    """Raise Stripe's errors as ours: refused, no answer, or not set up."""
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
    """The transaction event type for a refund's status at Stripe."""
    if status == "succeeded":
        return "REFUND_SUCCESS"
    return "REFUND_FAILURE" if status in {"failed", "canceled"} else LATER


def outcome_of(intent: Any) -> Answer:
    """The outcome of a payment intent; its amount is Stripe's."""
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


def still_waiting(payment: Payment) -> Answer:
    """The outcome of a payment that its buyer has not made yet."""
    return Answer("CHARGE_ACTION_REQUIRED", amount_of(payment))
