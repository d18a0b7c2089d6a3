"""Form fields of photographs and prices, as people type them."""

from typing import Any

from django import forms

from catalog.content import LARGEST_AMOUNT_MINOR
from catalog.markets import Market
from marketplace.core.amounts import Limits
from marketplace.web.amounts import AmountField


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several photographs, from the camera too."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several uploads; the catalogue checks that they are photographs."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        """All of them, whatever they are: one bad file does not refuse the form."""
        return [*data] if isinstance(data, list | tuple) else [data] if data else []


class PriceField(AmountField):
    """A price in a market's currency; a listing may lack it."""

    def __init__(self, market: Market, **kwargs: Any) -> None:
        limits = Limits(largest_minor=LARGEST_AMOUNT_MINOR)
        super().__init__(currency=market.currency, limits=limits, required=False, **kwargs)
        self.market = market
