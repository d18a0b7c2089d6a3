"""Weights: grams in the tables, the shop's unit in the API."""

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


class WeightWithUnit(NamedTuple):
    """A weight with its own unit: g, kg, lb, oz or tonne."""

    value: Decimal
    unit: str


def to_grams(given: Decimal | WeightWithUnit | None) -> int | None:
    """Convert a weight, in its own unit or else in the shop's, to whole grams."""
    if given is None:
        return None
    if isinstance(given, WeightWithUnit):
        return round(given.value * _GRAMS[given.unit.upper()])
    return round(given * _GRAMS[Shop.current().default_weight_unit])


def in_shop_unit(grams: int | None) -> WeightValue | None:
    """Return a weight in the shop's unit, rounded to three digits as Saleor does."""
    if grams is None:
        return None
    unit = Shop.current().default_weight_unit
    return WeightValue(unit, float(round(grams / _GRAMS[unit], 3)))
