"""The form of free delivery: a sum for each market."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from catalog.markets import MARKETS, Market
from marketplace.core.money import Money
from marketplace.web.amounts import AmountField


@dataclass(frozen=True)
class SumRow:
    """The field of one market, and the sum that a buyer would read; None where none is typed."""

    market: Market
    field: forms.BoundField
    amount: Money | None


class FreeDeliveryForm(forms.Form):
    """From which sum of its products a cooperative delivers for free, market by market.

    ``known`` are the sums that hold now, minor units by market; ``home`` is the own market.
    """

    def __init__(self, *args: Any, known: Mapping[str, int], home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known, self._home = known, home
        for market in MARKETS:
            self.fields[f"from_{market.code}"] = AmountField(
                label=_("From this sum (%(currency)s); empty: never")
                % {"currency": market.currency},
                currency=market.currency,
                required=False,
                initial=self._sum(market),
            )

    def _sum(self, market: Market) -> Money | None:
        found = self._known.get(market.code)
        return None if found is None else Money(found, market.currency)

    @property
    def rows(self) -> Iterator[SumRow]:
        """The fields, the own market first."""
        for market in sorted(MARKETS, key=lambda each: each.code != self._home):
            name = f"from_{market.code}"
            amount = getattr(self, "cleaned_data", {}).get(name) if self.is_bound else None
            yield SumRow(market, self[name], amount if self.is_bound else self._sum(market))

    @property
    def wanted(self) -> dict[str, int | None]:
        """The sum for each market, minor units; None where delivery is never free."""
        given = {market.code: self.cleaned_data[f"from_{market.code}"] for market in MARKETS}
        return {code: amount.amount_minor if amount else None for code, amount in given.items()}
