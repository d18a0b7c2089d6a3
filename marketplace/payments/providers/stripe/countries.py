"""Where Stripe opens no account: dated facts with their sources (``stripe_countries.csv``)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from marketplace.core.dated import Row, holds_on, read_rules, span_of

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "stripe_countries.csv"


@dataclass(frozen=True)
class StripeCountry:
    """A country, and whether one may open an account of one's own there."""

    code: str
    own_account: bool
    valid_from: date
    valid_to: date | None


def has_no_own_account(country: str, on: date | None = None) -> bool:
    """Whether it is known that Stripe opens no account in a country; false for unknown ones."""
    day = on or timezone.localdate()
    return any(
        rule.code == country and not rule.own_account
        for rule in _rules()
        if holds_on(day, rule.valid_from, rule.valid_to)
    )


@cache
def _rules() -> tuple[StripeCountry, ...]:
    return read_rules(FILE, _rule_of)


def _rule_of(row: Row) -> StripeCountry:
    return StripeCountry(row["country"], row["own_account"] == "yes", *span_of(row))
