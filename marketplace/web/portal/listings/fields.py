"""Form fields of photographs and prices, as people type them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.markets import Market
from marketplace.core.formats import Format, UnreadableAmount


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several photographs, from the camera too."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several uploads; the catalogue checks that they are photographs."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """All of them, whatever they are: one bad file does not refuse the form."""
        return [*data] if isinstance(data, list | tuple) else [data] if data else []


class PriceField(forms.CharField):
    """An amount in a market's currency, as written there; cleaned to minor units."""

    def __init__(self, market: Market, **kwargs: Any) -> None:
        self.market = market
        super().__init__(required=False, max_length=20, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Format(get_language() or "ar", self.market.code).parse_money(
                text, self.market.currency
            )
        except UnreadableAmount as error:
            raise forms.ValidationError(
                _("Enter the price in digits, for example 95.00.")
            ) from error
