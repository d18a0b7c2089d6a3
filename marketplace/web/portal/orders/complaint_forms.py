"""How a cooperative replies to a complaint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.orders.models import Remedy
from marketplace.web.amounts import AmountField, amount_in

LONGEST = 1000


def _text(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The buyer reads it."),
    )


class AcceptForm(forms.Form):
    """Whether the products are to come back."""

    needs_return = forms.ChoiceField(
        label=_("Must the buyer send the products back?"),
        choices=[
            ("yes", _("Yes: the buyer is refunded once they are here")),
            ("no", _("No: the buyer keeps them and is refunded at once")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the products must come back.")},
    )
    text = _text(_("Message to the buyer"), required=False)


class OfferForm(forms.Form):
    """Something else than the whole refund."""

    remedy = forms.ChoiceField(
        label=_("What do you offer?"),
        choices=[
            (Remedy.PARTIAL_REFUND, _("a refund of a part of the price; the buyer keeps them")),
            (Remedy.REPAIR, _("a repair")),
            (Remedy.EXCHANGE, _("an exchange")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you offer.")},
    )
    amount = AmountField(label=_("Amount to refund"), required=False)
    text = _text(_("Message to the buyer"), required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_in(self, "amount").currency = currency

    def clean(self) -> dict[str, Any]:
        """A partial refund needs its amount."""
        given = super().clean() or {}
        is_partial = given.get("remedy") == Remedy.PARTIAL_REFUND
        if is_partial and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Enter the amount to refund."))
        return given

    @property
    def amount_minor(self) -> int | None:
        """The amount in minor units, if there is one."""
        found = self.cleaned_data.get("amount")
        return found.amount_minor if found else None


class RefuseForm(forms.Form):
    """Why not."""

    text = _text(_("Why do you refuse?"), required=True)


class ReturnedForm(forms.Form):
    """Whether what came back can be sold."""

    restock = forms.BooleanField(
        label=_("The products are undamaged: put them back in stock"), required=False
    )
    confirmed = forms.BooleanField(
        label=_("All of it is back; the buyer is refunded"),
        error_messages={"required": _("Tick the box once all of it is back.")},
    )


class DoneForm(forms.Form):
    """What was sent."""

    text = _text(_("Message to the buyer"), required=False)
