"""The engine's amounts as ours, and ours as the engine's."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from marketplace.core.money import Money, exponent


def minor_of(parts: Any) -> int:
    """Minor units of the typed client's ``MoneyParts``, in the currency's own decimals."""
    shift = exponent(parts.currency) - int(parts.fraction_digits)
    amount = Decimal(int(parts.fractional_amount)).scaleb(shift)
    return int(amount.to_integral_value(rounding=ROUND_HALF_EVEN))


def minor_of_json(amount: Any, currency: str) -> int:
    """Minor units of a number in a webhook's body (JSON has only floats; its digits are exact)."""
    scaled = Decimal(str(amount)).scaleb(exponent(currency))
    return int(scaled.to_integral_value(rounding=ROUND_HALF_EVEN))


def decimal_text(amount_minor: int, currency: str) -> str:
    """The amount as a decimal text, as the engine's ``PositiveDecimal`` reads it."""
    return f"{Money(amount_minor, currency).decimal:f}"
