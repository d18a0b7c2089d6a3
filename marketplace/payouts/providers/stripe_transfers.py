"""Stripe transfers: from the programme's balance at Stripe to a cooperative's own account there."""

import stripe

from marketplace.payments.providers.stripe.client import client
from marketplace.payouts.models import PayoutLine
from marketplace.payouts.providers.base import Answer, PayoutRefused, Progress, RetryLater

# Stripe's codes for temporary refusals; every other invalid request is refused for good.
_LATER = frozenset({"balance_insufficient", "lock_timeout", "rate_limit"})


class StripeTransfers:
    """``transfers`` of Stripe's API; a transfer reversed in full is a returned payment."""

    def pay(self, line: PayoutLine) -> Answer:
        with stripe_errors():
            made = client().v1.transfers.create(
                {
                    "amount": line.amount_minor,
                    "currency": line.run.currency.lower(),
                    "destination": line.destination,
                    "transfer_group": line.run.reference,
                    "description": line.end_to_end_id,
                    "metadata": {"payout_line": str(line.pk)},
                },
                options={"idempotency_key": key_of(line)},
            )
        return _answer(made)

    def find(self, line: PayoutLine) -> Answer | None:
        """By the run's transfer group: Stripe forgets idempotency keys after a day."""
        with stripe_errors():
            made = client().v1.transfers.list({"transfer_group": line.run.reference, "limit": 100})
            for transfer in made.auto_paging_iter():
                if line_named_in(transfer.metadata) == str(line.pk):
                    return _answer(transfer)
        return None

    def status(self, line: PayoutLine) -> Answer:
        with stripe_errors():
            return _answer(client().v1.transfers.retrieve(line.provider_reference))


def line_named_in(metadata: object) -> str:
    """The id of the payout line in a payment's metadata; empty for other payments."""
    try:
        return str(metadata["payout_line"])  # type: ignore[index]
    except (KeyError, TypeError):
        return ""


def key_of(line: PayoutLine) -> str:
    """The idempotency key: the same until Stripe definitely refused."""
    return f"payout-line:{line.pk}:{line.refusals}"


class stripe_errors:  # noqa: N801 -- read as a statement: with stripe_errors()
    """Maps Stripe's errors to RetryLater or PayoutRefused."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if not isinstance(error, stripe.StripeError):
            return
        code, message = error.code or "", error.user_message or str(error)
        if code in _LATER:
            raise RetryLater(message, is_definite=code == "balance_insufficient") from error
        if isinstance(error, stripe.InvalidRequestError):
            raise PayoutRefused(message) from error
        raise RetryLater(message, is_definite=False) from error


def _answer(transfer: stripe.Transfer) -> Answer:
    if transfer.reversed:
        return Answer(transfer.id, Progress.RETURNED, "transfer reversed")
    return Answer(transfer.id, Progress.PAID)
