"""Where each payout provider is available, dated and sourced, and what Stripe itself reports now.

The rules are in ``data/payout_providers.csv``. A row without a country applies to all; a country's
own row precedes it, and of equals the latest applies. Without a row, a provider is not available.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import read_rules, rule_on, span_of
from marketplace.payments.providers.stripe.client import client
from marketplace.payouts.models import Provider

PROVIDERS_FILE = Path(__file__).parent.parent / "data" / "payout_providers.csv"
_SAYS = {"yes": True, "no": False}


class Serving(NamedTuple):
    """Whether a provider pays into a country in a currency, for a time."""

    valid_from: date
    valid_to: date | None
    country: str
    currency: str
    provider: Provider
    available: bool
    account: str
    source: str


@cache
def known_servings() -> tuple[Serving, ...]:
    """The rules of the file; raises ValueError with the line of an invalid row."""
    return read_rules(PROVIDERS_FILE, _serving)


def serves(provider: str, *, country: str, currency: str, on: date) -> bool:
    """Whether a provider pays cooperatives of a country in a currency on a day."""
    fitting = (
        rule
        for rule in known_servings()
        if rule.provider == provider
        and rule.country in {"", country}
        and rule.currency in {"", currency}
    )
    found = rule_on(fitting, on, is_own=lambda rule: bool(rule.country))
    return found is not None and found.available


def serving(country: str, currency: str, on: date) -> list[Provider]:
    """The providers that pay a country's cooperatives, the default first."""
    return [p for p in Provider if serves(p, country=country, currency=currency, on=on)]


@dataclass(frozen=True)
class Disagreement:
    """Our rules and Stripe differ about a country."""

    country: str
    we_say: bool
    stripe_says: bool


def compare_with_stripe(transfer_countries: Iterable[str], *, on: date) -> list[Disagreement]:
    """Our rules for ``stripe_transfer`` beside the platform's ``supported_transfer_countries``."""
    served = frozenset(transfer_countries)
    own = {
        rule.country: serves(
            Provider.STRIPE_TRANSFER, country=rule.country, currency=rule.currency, on=on
        )
        for rule in known_servings()
        if rule.provider == Provider.STRIPE_TRANSFER and rule.country
    }
    return [
        Disagreement(country, we_say, country in served)
        for country, we_say in sorted(own.items())
        if we_say != (country in served)
    ]


def ask_stripe(*, on: date) -> tuple[str, list[Disagreement]]:
    """The platform's country at Stripe, and where our rules and Stripe's differ now.

    Asks Stripe twice (``account``, ``country_specs``); call it outside a transaction. Raises
    ProviderUnavailable without a key, and stripe's errors.
    """
    ours = client().v1.accounts.retrieve_current()
    country = str(ours.country or "")
    spec = client().v1.country_specs.retrieve(country)
    return country, compare_with_stripe(spec.supported_transfer_countries, on=on)


def _serving(row: dict[str, str]) -> Serving:
    valid_from, valid_to = span_of(row)
    if not row["source"].strip():
        raise ValueError("the source is missing")
    return Serving(
        valid_from,
        valid_to,
        row["country"],
        row["currency"],
        Provider(row["provider"]),
        _SAYS[row["available"]],
        row["account"],
        row["source"],
    )
