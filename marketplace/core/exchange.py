"""Exchange rates as dated data (``data/exchange_rates.csv``), by currency and period."""

import csv
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from marketplace.core.money import Money, exponent

RATES_FILE = Path(__file__).parent / "data" / "exchange_rates.csv"


class NoRate(LookupError):
    """No rate is known for a currency on a day."""


@cache
def _rates() -> dict[str, list[tuple[date, Fraction]]]:
    found: dict[str, list[tuple[date, Fraction]]] = {}
    with RATES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = (date.fromisoformat(row["valid_from"]), Fraction(row["per_euro"]))
            found.setdefault(row["currency"], []).append(entry)
    return {currency: sorted(rows) for currency, rows in found.items()}


def per_euro(currency: str, on: date) -> Fraction:
    """Units of a currency for one euro on a day; raises NoRate."""
    valid = [rate for since, rate in _rates().get(currency, []) if since <= on]
    if not valid:
        raise NoRate(f"{currency} on {on}")
    return valid[-1]


def rate(source: str, target: str, on: date) -> Fraction:
    """Main units of ``target`` for one main unit of ``source`` on a day; raises NoRate."""
    if source == target:
        return Fraction(1)
    return per_euro(target, on) / per_euro(source, on)


def convert(amount: Money, target: str, on: date) -> Money:
    """The amount in another currency by the rate of a day, rounded half to even; raises NoRate."""
    scale = Fraction(10) ** (exponent(target) - exponent(amount.currency))
    return Money(amount.share(rate(amount.currency, target, on) * scale).amount_minor, target)
