"""Forms of documents: legal identifiers, and the reason of a credit note."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.web.dates import day_input
from vendors.legal_mentions import mentions_for


class IdentifierForm(forms.Form):
    """One number of a payer or a cooperative, from a day on."""

    kind = forms.ChoiceField(label=_("Detail"))
    value = forms.CharField(label=_("Number or text"), max_length=200)
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    source = forms.CharField(label=_("Source document"), max_length=200)

    def __init__(self, *args: Any, country: str, party: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, language = timezone.localdate(), get_language() or "en"
        rules = mentions_for(country, party, today)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (rule.kind, rule.label(language)) for rule in rules
        ]
        self.fields["valid_from"].initial = date(today.year, 1, 1)


class CreditForm(forms.Form):
    """Why an invoice is taken back."""

    reason = forms.CharField(
        label=_("Reason for cancellation"),
        max_length=200,
        error_messages={"required": _("Enter the reason for cancellation.")},
    )
