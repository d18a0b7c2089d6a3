"""Forms of an explanation and of a bank statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.payouts.reconciliation.explain_difference import EXPLAINING

LARGEST_FILE = 5 * 1024 * 1024


class ExplainForm(forms.Form):
    """The account to which a difference is booked, and why."""

    against = forms.ChoiceField(
        label=_("Contra account"), choices=[(code.value, code.label) for code in EXPLAINING]
    )
    explanation = forms.CharField(
        label=_("What happened, and the evidence"),
        max_length=300,
        error_messages={"required": _("Describe what happened.")},
    )


class BankForm(forms.Form):
    """A statement of the programme's account."""

    file = forms.FileField(label=_("Bank statement (camt.053 or CSV)"))

    def clean_file(self) -> bytes:
        """The file's bytes, limited in size."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return bytes(file.read())
