"""The one door to Stripe."""

import stripe
from django.conf import settings
from django.db import connection

from marketplace.payments.errors import ProviderUnavailable

# A buyer waits for most of our questions, and the engine for 18 seconds at most.
ANSWERS_WITHIN_SECONDS = 7
RETRIES = 1


class CalledInTransaction(RuntimeError):
    """Stripe was asked while a transaction of ours was open: what it did could not be kept."""


def client() -> stripe.StripeClient:
    """Stripe's client for this deployment's account; raises ProviderUnavailable without a key.

    Every call that moves or binds money passes ``options={"idempotency_key": ...}`` made from an
    id of ours. Raises CalledInTransaction inside an open transaction of ours.
    """
    if not settings.STRIPE_SECRET_KEY:
        raise ProviderUnavailable
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise CalledInTransaction
    base = settings.STRIPE_API_BASE
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        http_client=http_client(),
        base_addresses={"api": base} if base else None,
        max_network_retries=RETRIES,
    )


def http_client() -> stripe.HTTPClient:
    """What carries our calls; tests put a Stripe of their own here."""
    return stripe.RequestsClient(timeout=ANSWERS_WITHIN_SECONDS)
