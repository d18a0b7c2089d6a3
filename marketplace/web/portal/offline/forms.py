"""What a page without a network asks; its script reads the fields, as the shop is not there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.content import LONGEST_DESCRIPTION, LONGEST_NAME
from marketplace.direct_sales.models import PaidBy, Place
from marketplace.web.amounts import AmountField
from marketplace.web.numbers import WholeNumberField


class PhoneAmountField(AmountField):
    """An amount that is read on the phone: the shop cannot be asked how while it is typed."""

    reading = None  # type: ignore[assignment]
    live = None  # type: ignore[assignment]


class SoldForm(forms.Form):
    """A sale at a fair."""

    quantity = WholeNumberField(label=_("Quantity"), min_value=1, initial=1)
    unit_price = PhoneAmountField(label=_("Price of one piece"))
    paid_by = forms.ChoiceField(
        label=_("How was it paid?"),
        choices=PaidBy.choices,
        widget=forms.RadioSelect,
        initial=PaidBy.CASH.value,
    )
    place = forms.ChoiceField(
        label=_("Where was it sold?"),
        choices=Place.choices,
        widget=forms.RadioSelect,
        initial=Place.FAIR.value,
    )


class CountedForm(forms.Form):
    """The pieces that somebody counted."""

    quantity = WholeNumberField(label=_("How many did you count?"), min_value=0)


class WrittenForm(forms.Form):
    """A product in words, for later."""

    name = forms.CharField(label=_("Name of the product"), max_length=LONGEST_NAME)
    description = forms.CharField(
        label=_("Description"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    price = PhoneAmountField(label=_("Price"), required=False)
    weight_grams = WholeNumberField(
        label=_("Weight with packing, in grams"), min_value=0, required=False
    )
    quantity = WholeNumberField(label=_("Quantity"), min_value=0, required=False)
