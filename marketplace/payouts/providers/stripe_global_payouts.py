"""Stripe global payouts: from the programme's financial account to a recipient's bank account.

``v2.money_management.outbound_payments`` of Stripe's API. The recipient (``acct_…`` with the
``recipient`` configuration) and its bank account are set up at Stripe; we name it by its id. Stripe
first reports a payment as processing; whether the bank paid it is polled later.
"""

from typing import TYPE_CHECKING

from django.conf import settings

from marketplace.payments.providers.stripe.client import client
from marketplace.payouts.models import PayoutLine
from marketplace.payouts.providers.base import Answer, PayoutRefused, Progress
from marketplace.payouts.providers.stripe_transfers import key_of, line_named_in, stripe_errors

if TYPE_CHECKING:
    import stripe

_PROGRESS = {
    "processing": Progress.IN_TRANSIT,
    "posted": Progress.PAID,
    "failed": Progress.RETURNED,
    "returned": Progress.RETURNED,
    "canceled": Progress.RETURNED,
}


class StripeGlobalPayouts:
    """One outbound payment for each line."""

    def pay(self, line: PayoutLine) -> Answer:
        if not settings.STRIPE_FINANCIAL_ACCOUNT:
            raise PayoutRefused("TWIZA_STRIPE_FINANCIAL_ACCOUNT")
        currency = line.run.currency.lower()
        with stripe_errors():
            made = client().v2.money_management.outbound_payments.create(
                {
                    "from": {
                        "financial_account": settings.STRIPE_FINANCIAL_ACCOUNT,
                        "currency": currency,
                    },
                    "to": {"recipient": line.destination, "currency": currency},
                    "amount": {"value": line.amount_minor, "currency": currency},
                    "description": line.end_to_end_id,
                    "metadata": {"payout_line": str(line.pk)},
                },
                options={"idempotency_key": key_of(line)},
            )
        return _answer(made)

    def find(self, line: PayoutLine) -> Answer | None:
        """By the metadata: Stripe keeps idempotency keys of this API for thirty days."""
        with stripe_errors():
            made = client().v2.money_management.outbound_payments.list({"limit": 100})
            for payment in made.auto_paging_iter():
                if line_named_in(payment.metadata) == str(line.pk):
                    return _answer(payment)
        return None

    def status(self, line: PayoutLine) -> Answer:
        with stripe_errors():
            return _answer(
                client().v2.money_management.outbound_payments.retrieve(line.provider_reference)
            )


def _answer(payment: "stripe.v2.money_management.OutboundPayment") -> Answer:
    details = payment.status_details
    reason = ""
    if details is not None:
        detail = getattr(details, payment.status, None)
        reason = str(getattr(detail, "reason", ""))
    # A state that we do not know moves no money here: it is asked for again.
    return Answer(payment.id, _PROGRESS.get(payment.status, Progress.IN_TRANSIT), reason)
