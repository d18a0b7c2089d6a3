"""The prices of the filter sheet."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.amounts import NOT_NEGATIVE
from marketplace.core.money import Money
from marketplace.web.amounts import AmountField, amount_in


class PriceFilter(forms.Form):
    """Lowest and highest price, in the market's currency."""

    min = AmountField(label=_("From"), required=False, limits=NOT_NEGATIVE)
    max = AmountField(label=_("To"), required=False, limits=NOT_NEGATIVE)

    def __init__(self, data: Mapping[str, str], currency: str) -> None:
        super().__init__(data, auto_id="price-%s")
        for name in self.fields:
            amount_in(self, name).currency = currency

    def amount_minor(self, name: str) -> int | None:
        """An end of the range in minor units; None where it is empty or invalid."""
        self.is_valid()
        found = self.cleaned_data.get(name)
        return found.amount_minor if found else None

    def likely(self, name: str) -> tuple[Money, ...]:
        """The amounts that an end can mean, while none of them is chosen."""
        reading = amount_in(self, name).reading(self[name])
        return reading.readings if reading.amount is None else ()

    @property
    def refusals(self) -> list[str]:
        """Why an end is not read at all."""
        return [
            str(error)
            for name, errors in self.errors.items()
            for error in errors
            if not self.likely(name)
        ]

    @property
    def is_used(self) -> bool:
        """Whether something was entered."""
        return any(self.data.get(name) for name in self.fields)
