"""Weights: grams inside, the shop's unit outside."""

from decimal import Decimal
from typing import NamedTuple

from marketplace.embedded.models import Shop

_GRAMS = {
    "G": Decimal(1),
    "KG": Decimal(1000),
    "TONNE": Decimal(1_000_000),
    "LB": Decimal("453.59237"),
    "OZ": Decimal("28.349523125"),
}


class WeightValue(NamedTuple):
    """A weight as the API shows it."""

    unit: str
    value: float


def to_grams(value: Decimal | None) -> int | None:
    """Turn an amount in the shop's unit into whole grams."""
    if value is None:
        return None
    return round(value * _GRAMS[Shop.current().default_weight_unit])


def shown(grams: int | None) -> WeightValue | None:
    """Return a weight in kilograms, the unit that Saleor answers in by default."""
    return None if grams is None else WeightValue("KG", grams / 1000)
