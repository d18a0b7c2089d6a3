"""Prices with and without tax, as the tax App calculates them. Pure, in minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.embedded.money import to_minor


class TaxResponseInvalid(Exception):
    """The tax App's response cannot be used: absent, malformed, or for other lines."""


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


def taxed(response: Any, *, lines: int, currency: str) -> Prices:
    """Read the tax App's response for `lines` lines.

    The response has ``shipping_price_gross_amount``, ``shipping_price_net_amount``,
    ``shipping_tax_rate`` and, in the order of the request, ``lines`` of ``total_gross_amount``,
    ``total_net_amount``, ``tax_rate`` (percent). Raises TaxResponseInvalid.
    """
    if not isinstance(response, dict) or not isinstance(response.get("lines"), list):
        raise TaxResponseInvalid("Empty tax data.")
    if len(response["lines"]) != lines:
        raise TaxResponseInvalid("Number of lines from tax data doesn't match the line number.")
    try:
        shipping = _taxed_amount(response, "shipping_price", "shipping_tax_rate", currency)
        priced = tuple(
            _taxed_amount(line, "total", "tax_rate", currency) for line in response["lines"]
        )
    except (KeyError, TypeError, ArithmeticError, ValueError) as error:
        raise TaxResponseInvalid("Invalid tax data.") from error
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
