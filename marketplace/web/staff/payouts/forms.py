"""What finance people type: a currency, the total to approve, why something goes back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import Money
from marketplace.payouts.balances.end_debt import DebtEnd
from marketplace.payouts.models import Provider
from marketplace.web.amounts import AmountField, amount_in
from marketplace.web.numbers import WholeNumberField
from marketplace.web.staff.cooperative_field import OfCooperative


class PrepareForm(forms.Form):
    """The currency of a payout, of those in which somebody has money."""

    currency = forms.ChoiceField(label=_("Currency"))
    provider = forms.ChoiceField(label=_("Payout method"), choices=Provider, required=False)

    def __init__(
        self,
        *args: Any,
        currencies: Sequence[str],
        providers: Sequence[Provider] = (Provider.BANK_BATCH,),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]
        self.fields["provider"].choices = [(p.value, p.label) for p in providers]  # type: ignore[attr-defined]

    def clean_provider(self) -> str:
        """A bank file where nothing was chosen."""
        return self.cleaned_data["provider"] or Provider.BANK_BATCH.value


class BankReportForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(
        label=_("File from the bank"),
        help_text=_("pain.002, camt.053, or CSV with the columns end_to_end_id and status."),
        error_messages={"required": _("Choose a file.")},
    )


class HoldForm(OfCooperative):
    """Which cooperative is paid nothing for a while, and why."""

    reason = forms.CharField(
        label=_("Reason for the hold"),
        max_length=200,
        help_text=_("The cooperative sees this on its Money page."),
        error_messages={"required": _("Enter the reason for the hold.")},
    )


class RouteForm(OfCooperative):
    """By which method a cooperative is paid."""

    provider = forms.ChoiceField(label=_("Payout method"), choices=Provider)
    destination = forms.CharField(
        label=_("Account with the provider"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_(
            "For Stripe, the number that begins with acct_; leave empty for other methods."
        ),
    )


class ApproveForm(forms.Form):
    """The total, copied by hand."""

    total = AmountField(
        label=_("Enter the total to confirm"),
        error_messages={"required": _("Enter the total of the payout run.")},
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_in(self, "total").currency = currency


class SendBackForm(forms.Form):
    """Why a payout goes back to its preparer."""

    remark = forms.CharField(
        label=_("What should the preparer change?"),
        max_length=300,
        error_messages={"required": _("Describe what should be changed.")},
    )


class DebtForm(forms.Form):
    """How much of a debt ends, how, and why. ``seen`` is the debt that the page showed."""

    seen = WholeNumberField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How is it settled?"),
        choices=DebtEnd,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is settled.")},
    )
    amount = AmountField(label=_("Amount"), error_messages={"required": _("Enter the amount.")})
    explanation = forms.CharField(
        label=_("What was agreed, and the evidence"),
        max_length=200,
        help_text=_("The cooperative reads this on its statement."),
        error_messages={"required": _("Describe what was agreed.")},
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount_in(self, "amount").currency = currency

    def clean_amount(self) -> Money:
        """What was typed, in the currency of the debt."""
        amount: Money = self.cleaned_data["amount"]
        if not 0 < amount.amount_minor <= self.cleaned_data.get("seen", 0):
            raise forms.ValidationError(
                _("Enter an amount above zero and no higher than the debt.")
            )
        return amount


class ConfirmForm(forms.Form):
    """A box to tick before something that cannot be taken back."""

    confirmed = forms.BooleanField(
        label=_("I have checked it with the bank"),
        error_messages={"required": _("Tick the box once you have checked.")},
    )


class ReturnForm(forms.Form):
    """What the bank said when it sent a payment back."""

    reason = forms.CharField(
        label=_("Reason given by the bank"),
        max_length=200,
        error_messages={"required": _("Enter the reason given by the bank.")},
    )
