"""The payout providers that are called through an API. To add one, write ``base.Caller`` for it."""

from django.utils.module_loading import import_string

from marketplace.payouts.models import Provider
from marketplace.payouts.providers.base import Caller

CALLERS = {
    Provider.STRIPE_TRANSFER: "marketplace.payouts.providers.stripe_transfers.StripeTransfers",
    Provider.STRIPE_GLOBAL_PAYOUT: (
        "marketplace.payouts.providers.stripe_global_payouts.StripeGlobalPayouts"
    ),
}


def caller_of(provider: str) -> Caller:
    """The API of a run's provider; KeyError for a provider without one."""
    found: Caller = import_string(CALLERS[Provider(provider)])()
    return found
