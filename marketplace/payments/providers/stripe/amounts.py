"""Amounts as Stripe counts them: not always the currency's own decimals.

Our minor units have CLDR's decimals. Stripe's are in ``data/stripe_currencies.csv`` (dated, with
their source): XOF has none in both, TND three in both but only whole multiples of ten, ISK none
with us and two, always 00, there. What Stripe cannot charge exactly is refused, never rounded:
the order must be paid to the last millime.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from marketplace.core.dated import Row, holds_on, read_rules, span_of
from marketplace.core.money import Money, exponent
from marketplace.payments.errors import AmountNotPossible

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "stripe_currencies.csv"


@dataclass(frozen=True)
class StripeCurrency:
    """How Stripe writes a currency: its decimals there, and the multiple every amount must be."""

    code: str
    decimals: int
    multiple_of: int
    valid_from: date
    valid_to: date | None


def to_stripe(amount: Money, on: date | None = None) -> int:
    """Our minor units as Stripe's; raises AmountNotPossible for what it cannot charge exactly."""
    rule = _rule(amount.currency, on)
    shift = rule.decimals - exponent(amount.currency)
    scaled, left = divmod(amount.amount_minor * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    if left or scaled % rule.multiple_of:
        raise AmountNotPossible
    return int(scaled)


def from_stripe(amount: int, currency: str, on: date | None = None) -> Money:
    """Stripe's amount (fees too, which follow no multiple) in our minor units.

    Raises AmountNotPossible for a fraction of our minor unit, or a currency not in the list.
    """
    code = currency.upper()
    shift = exponent(code) - _rule(code, on).decimals
    scaled, left = divmod(amount * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    if left:
        raise AmountNotPossible
    return Money(int(scaled), code)


def serves(currency: str, on: date | None = None) -> bool:
    """Whether we know how Stripe writes a currency."""
    day = on or timezone.localdate()
    return any(r.code == currency and holds_on(day, r.valid_from, r.valid_to) for r in _rules())


def _rule(currency: str, on: date | None) -> StripeCurrency:
    day = on or timezone.localdate()
    for rule in _rules():
        if rule.code == currency and holds_on(day, rule.valid_from, rule.valid_to):
            return rule
    raise AmountNotPossible


@cache
def _rules() -> tuple[StripeCurrency, ...]:
    return read_rules(FILE, _rule_of)


def _rule_of(row: Row) -> StripeCurrency:
    return StripeCurrency(
        row["currency"], int(row["decimals"]), int(row["multiple_of"]), *span_of(row)
    )
