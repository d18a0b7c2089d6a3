"""The form of an offer to a buyer."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries import Offer
from marketplace.core.amounts import PRICE
from marketplace.orders.services.price_offers import MOST_PIECES, NewPriceOffer
from marketplace.web.amounts import AmountField
from marketplace.web.dates import day_input
from marketplace.web.message_forms import KeyedForm, TextField
from marketplace.web.numbers import WholeNumberField

USUALLY_VALID_FOR = timedelta(days=14)
LONGEST_TEXT = 1_000


class OfferForm(KeyedForm):
    """Which product, how many, at which price, by when, and until when it holds."""

    variant = forms.ChoiceField(label=_("Product"))
    quantity = WholeNumberField(label=_("Quantity"), min_value=1, max_value=MOST_PIECES)
    price = AmountField(label=_("Price of one piece"), limits=PRICE)
    ready_on = forms.DateField(label=_("Ready by"), widget=day_input(), required=False)
    valid_until = forms.DateField(label=_("The offer is valid until"), widget=day_input())
    text = TextField(
        label=_("Your words to the buyer"),
        longest=LONGEST_TEXT,
        rows=3,
        required=False,
    )

    def __init__(
        self, *args: Any, sold: Sequence[Offer], currency: str, language: str, today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = [(str(each.variant_id), each.title(language)) for each in sold]
        self.fields["variant"].choices = choices  # type: ignore[attr-defined]
        price = self.fields["price"]
        price.currency = currency  # type: ignore[attr-defined]
        price.label = f"{price.label} ({currency})"
        self.initial.setdefault("valid_until", today + USUALLY_VALID_FOR)

    @property
    def wanted(self) -> NewPriceOffer:
        """The offer that was described."""
        given = self.cleaned_data
        return NewPriceOffer(
            variant_id=UUID(given["variant"]),
            quantity=given["quantity"],
            unit_minor=given["price"].amount_minor,
            valid_until=given["valid_until"],
            ready_on=given["ready_on"],
            text=given["text"],
        )
