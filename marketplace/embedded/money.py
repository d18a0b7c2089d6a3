"""Amounts: integers in minor units in the engine, floats only in the API."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision

from marketplace.embedded.errors import refuse


@cache
def exponent(currency: str) -> int:
    """Return the number of decimals of `currency` (MAD 2, TND 3, XOF 0; source: CLDR)."""
    return int(get_currency_precision(currency))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units with its currency; the API's Money type reads it."""

    minor: int
    currency: str

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))


@dataclass(frozen=True, slots=True)
class TaxedMoney:
    """A net and a gross amount; tax is their difference."""

    net: Money
    gross: Money

    @property
    def tax(self) -> Money:
        return Money(self.gross.minor - self.net.minor, self.gross.currency)

    @property
    def currency(self) -> str:
        return self.gross.currency


def to_minor(amount: Decimal | float | str, currency: str) -> int:
    """Round `amount` (major units, as Apps and clients send it) half up to minor units."""
    scaled = Decimal(str(amount)).scaleb(exponent(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def exact_minor(amount: Decimal, currency: str, *, field: str, code: str = "INVALID") -> int:
    """Like `to_minor`, but refuse with `code` an amount with more decimals than the currency."""
    scaled = amount.scaleb(exponent(currency))
    if scaled != scaled.to_integral_value():
        raise refuse(code, f"Value cannot have more decimals than {currency} has.", field=field)
    return int(scaled)


def exact_minor_fields(currency: str, **amounts: Decimal | None) -> dict[str, int]:
    """Return the given amounts as ``<name>_minor``; refuses INVALID with the name as field."""
    return {
        f"{name}_minor": exact_minor(amount, currency, field=name)
        for name, amount in amounts.items()
        if amount is not None
    }
