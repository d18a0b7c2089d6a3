"""The company for which a buyer orders: name, number, purchase order."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.orders.company import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_REFERENCE,
    Company,
)
from marketplace.orders.company_labels import number_label
from marketplace.orders.models import CheckoutAttempt


class CompanyForm(forms.Form):
    """Empty for a household. The number is called as in the country of the address."""

    company_name = forms.CharField(label=_("Company"), max_length=LONGEST_NAME, required=False)
    company_number = forms.CharField(
        label=_("VAT number"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    purchase_order = forms.CharField(
        label=_("Your purchase order number"), max_length=LONGEST_REFERENCE, required=False
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = number_label(country, timezone.localdate())
        self.fields["company_number"].label = label

    @classmethod
    def of(cls, attempt: CheckoutAttempt) -> "CompanyForm":
        """The form with what was given before."""
        before = {name: getattr(attempt, name) for name in cls.base_fields}
        return cls(initial=before, country=attempt.address.country_code)

    @property
    def is_open(self) -> bool:
        """Whether there is something in it to be seen."""
        return bool(self.errors) or any(self.initial.values())

    @property
    def company(self) -> Company:
        """What was filled in."""
        return Company(**{name: self.cleaned_data[name] for name in self.base_fields})
