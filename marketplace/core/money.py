"""Money as an integer of minor units with its currency.

The number of decimals of a currency is CLDR's (MAD 2, TND 3, XOF 0).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cache

from babel.core import get_global

# A rate is in basis points, hundredths of a percent: 1,200 are 12 %, these are the whole.
WHOLE_BP = 10_000


class CurrencyMismatch(ArithmeticError):
    """Arithmetic across currencies: always a programming error."""


@cache
def exponent(currency: str) -> int:
    """How many decimals a currency has, by CLDR."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


def is_currency(code: str) -> bool:
    """Whether three letters are the code of a currency, by CLDR."""
    return code in get_global("all_currencies")


def whole_units(amount_minor: int, currency: str) -> int:
    """An amount in whole main units, for charts and maps; rounded half to even."""
    return round(Decimal(amount_minor).scaleb(-exponent(currency)))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: ``Money(1250, "MAD")`` is 12.50 dirhams."""

    amount_minor: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """A zero amount in a currency."""
        return cls(0, currency)

    @classmethod
    def from_decimal(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """From a decimal amount; raises ValueError if it has more decimals than the currency."""
        scaled = Decimal(amount).scaleb(exponent(currency))
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} has more decimals than {currency} allows")
        return cls(int(scaled), currency)

    @classmethod
    def total(cls, parts: Iterable["Money"], currency: str) -> "Money":
        """The sum of the amounts, zero if there are none."""
        return sum(parts, start=cls.zero(currency))

    @property
    def decimal(self) -> Decimal:
        """The amount in the currency's main unit."""
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency))

    def __add__(self, other: "Money") -> "Money":
        self._check(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._check(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __mul__(self, factor: int) -> "Money":
        return Money(self.amount_minor * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._check(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: "Money") -> bool:
        return self == other or self < other

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def share(self, ratio: Fraction) -> "Money":
        """A fraction of the amount, rounded half to even to a whole minor unit."""
        exact = Fraction(self.amount_minor) * ratio
        rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
            Decimal(1), rounding=ROUND_HALF_EVEN
        )
        return Money(int(rounded), self.currency)

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Split by weights so that the parts sum to the whole (largest remainder).

        Raises ValueError when there are no weights, one is negative, or all are zero.
        """
        if not weights or min(weights) < 0 or sum(weights) == 0:
            raise ValueError("allocate needs at least one positive weight")
        sign = -1 if self.amount_minor < 0 else 1
        whole, total = abs(self.amount_minor), sum(weights)
        parts = [whole * weight // total for weight in weights]
        remainders = [whole * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
        for index in by_remainder[: whole - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def _check(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
