"""Rates as printed on documents."""

from decimal import Decimal

from marketplace.core.formats import Format
from marketplace.core.money import WHOLE_BP

_WHOLE = 100


def percent_of(basis_points: int, written: Format) -> str:
    """Basis points as a percentage, with decimals only where there are some: ``20 %``."""
    decimals = 2 if basis_points % _WHOLE else 0
    return written.percent(Decimal(basis_points) / WHOLE_BP, decimals=decimals)
