"""Forms of the cooperative's page and account."""

from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.phones import BadPhoneNumber, read_phone
from marketplace.web.address_fields import PhoneField
from marketplace.web.meanwhile import WatchedForm
from marketplace.web.numbers import WholeNumberField

MOST_DAYS = 30
LANGUAGES = {"ar": _("Arabic"), "fr": _("French"), "en": _("English")}


class TextForm(WatchedForm):
    """Name, tagline and story in one language."""

    name = forms.CharField(label=_("Name of the cooperative"), max_length=120)
    tagline = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        required=False,
        help_text=_("What you make, and what is special about it."),
    )
    story = forms.CharField(
        label=_("Your story"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Who you are, how you began, how you work. Leave an empty line between paragraphs."
        ),
    )


class ContactForm(WatchedForm):
    """The cooperative's contact, and its days until dispatch."""

    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    handling_days = WholeNumberField(
        label=_("Days needed to prepare an order"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Counted from the day of the order. Buyers see it before they pay."),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        self.country = country
        super().__init__(*args, **kwargs)
        self.fields["phone"].country = country  # type: ignore[attr-defined]

    def neutral(self, name: str, value: Any) -> str:
        """A phone number is compared as it is kept, however it is typed."""
        if name == "phone":
            with suppress(BadPhoneNumber):
                value = read_phone(str(value or ""), self.country)
        return super().neutral(name, value)


class BankAccountForm(forms.Form):
    """The account that the cooperative is paid to."""

    holder_name = forms.CharField(
        label=_("Account holder"),
        max_length=140,
        help_text=_("In Latin letters, exactly as the bank writes it."),
    )
    number = forms.CharField(
        label=_("Account number (RIB or IBAN)"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    bic = forms.CharField(label=_("BIC of the bank"), max_length=11, required=False)
    # The account that was there when the form was opened: another one since is told.
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)
