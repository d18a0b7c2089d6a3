"""What a buyer may add to an order: a gift message, hidden prices, a note to the cooperatives."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.orders.gift_and_note import LONGEST, GiftAndNote
from marketplace.orders.models import CheckoutAttempt, PaymentMethod
from marketplace.payments.queries import OfferedMethod
from marketplace.web.message_forms import TextField


class GiftForm(forms.Form):
    """All of it may be left out; prices are hidden where something can be paid in advance."""

    gift_message = TextField(
        label=_("Message for a gift"),
        longest=LONGEST,
        rows=3,
        required=False,
        help_text=_("It is printed on the slip in each parcel."),
    )
    hides_prices = forms.BooleanField(
        label=_("No prices in the parcel"),
        required=False,
        help_text=_("You pay now, not on delivery. Invoices come to you only."),
    )
    note = TextField(
        label=_("Note to the cooperative"),
        longest=LONGEST,
        rows=3,
        required=False,
        help_text=_("Each cooperative of this order reads it."),
    )

    def __init__(self, *args: Any, methods: Iterable[OfferedMethod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all(method.method == PaymentMethod.CASH for method in methods):
            del self.fields["hides_prices"]

    @classmethod
    def of(cls, attempt: CheckoutAttempt, **kwargs: Any) -> "GiftForm":
        """The form with what was added before."""
        before = {name: getattr(attempt, name) for name in cls.base_fields}
        return cls(initial=before, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether there is something in it to be seen."""
        return bool(self.errors) or any(self.initial.values())

    @property
    def added(self) -> GiftAndNote:
        """What was filled in."""
        given = self.cleaned_data
        hides = given.get("hides_prices", False)
        return GiftAndNote(given["gift_message"], hides, given["note"])
