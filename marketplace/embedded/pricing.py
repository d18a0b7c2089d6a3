"""What a checkout costs: base prices, then the App's taxes over them. Pure, in minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.embedded.money import to_minor


class TaxAnswerInvalid(Exception):
    """The App's tax answer cannot be used: absent, malformed, or of other lines."""


@dataclass(frozen=True, slots=True)
class Taxed:
    """A net and a gross amount with the rate between them as a fraction (0.2 for 20 %)."""

    net: int
    gross: int
    rate: Decimal | None = None

    def __add__(self, other: "Taxed") -> "Taxed":
        return Taxed(self.net + other.net, self.gross + other.gross)


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a checkout or an order: each line's total, the shipping, and the sums."""

    lines: tuple[Taxed, ...]
    shipping: Taxed

    @property
    def subtotal(self) -> Taxed:
        return sum(self.lines, Taxed(0, 0))

    @property
    def total(self) -> Taxed:
        return self.subtotal + self.shipping


def untaxed(line_totals: Sequence[int], shipping: int) -> Prices:
    """Price lines and shipping where no tax is charged: net equals gross."""
    zero = Decimal(0)
    return Prices(
        tuple(Taxed(total, total, zero) for total in line_totals), Taxed(shipping, shipping, zero)
    )


def taxed(answer: Any, *, lines: int, currency: str) -> Prices:
    """Read the App's tax answer for `lines` lines.

    The answer has ``shipping_price_gross_amount``, ``shipping_price_net_amount``,
    ``shipping_tax_rate`` and, in the order asked, ``lines`` of ``total_gross_amount``,
    ``total_net_amount``, ``tax_rate`` (percent). Raises TaxAnswerInvalid.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("lines"), list):
        raise TaxAnswerInvalid("Empty tax data.")
    if len(answer["lines"]) != lines:
        raise TaxAnswerInvalid("Number of lines from tax data doesn't match the line number.")
    try:
        shipping = _taxed_amount(answer, "shipping_price", "shipping_tax_rate", currency)
        priced = tuple(
            _taxed_amount(line, "total", "tax_rate", currency) for line in answer["lines"]
        )
    except (KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise TaxAnswerInvalid("Invalid tax data.") from error
    return Prices(priced, shipping)


def _taxed_amount(data: dict[str, Any], prefix: str, rate_key: str, currency: str) -> Taxed:
    net = to_minor(str(data[f"{prefix}_net_amount"]), currency)
    gross = to_minor(str(data[f"{prefix}_gross_amount"]), currency)
    rate = Decimal(str(data.get(rate_key) or 0)) / 100
    if net < 0 or gross < 0 or not Decimal(0) <= rate <= Decimal(1):
        raise ValueError("Negative tax data.")
    return Taxed(net, gross, rate)


def unit_of(total: int, quantity: int) -> int:
    """Return the unit price in `total`, rounded half up to a minor unit."""
    return (2 * total + quantity) // (2 * quantity) if quantity else 0


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` in proportion to `weights`, exactly, by the largest remainder.

    Equal remainders favour the earlier weight. Weights of zero in total get equal shares.
    """
    if not weights:
        return []
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [amount * weight // whole for weight in weights]
    left = amount - sum(shares)
    by_remainder = sorted(
        range(len(weights)), key=lambda index: (-(amount * weights[index] % whole), index)
    )
    for index in by_remainder[:left]:
        shares[index] += 1
    return shares
