"""What finance people type: a currency, the total to approve, why something goes back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.formats import Format, UnreadableAmount


class PrepareForm(forms.Form):
    """The currency of a payout, of those in which somebody has money."""

    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args: Any, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    """The total, copied by hand, in either digits."""

    total = forms.CharField(
        label=_("Copy the total to confirm"),
        max_length=40,
        error_messages={"required": _("Type the total of the payout.")},
    )

    def __init__(self, *args: Any, format_: Format, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._format, self._currency = format_, currency

    def clean_total(self) -> int:
        """Minor units of what was typed."""
        try:
            return self._format.parse_money(self.cleaned_data["total"], self._currency)
        except UnreadableAmount as error:
            raise forms.ValidationError(
                _("This is not an amount. Type it as it is written above.")
            ) from error


class SendBackForm(forms.Form):
    """Why a payout goes back to its preparer."""

    remark = forms.CharField(
        label=_("What should the preparer change?"),
        max_length=300,
        error_messages={"required": _("Say what should be changed.")},
    )


class ConfirmForm(forms.Form):
    """A box to tick before something that cannot be taken back."""

    confirmed = forms.BooleanField(
        label=_("I have checked it with the bank"),
        error_messages={"required": _("Tick the box once you have checked.")},
    )


class ReturnForm(forms.Form):
    """What the bank said when it sent a payment back."""

    reason = forms.CharField(
        label=_("What the bank said"),
        max_length=200,
        error_messages={"required": _("Write what the bank said.")},
    )
