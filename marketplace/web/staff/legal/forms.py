"""Forms of legal texts: a new version, and how the programme is reached."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.web.address_fields import PhoneField
from marketplace.web.dates import day_input
from marketplace.web.message_forms import TextField

LANGUAGES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))
LONGEST_TEXT = 40_000


class TextForm(forms.Form):
    """A version of a text in every language, from a day on."""

    text_ar = TextField(label="العربية", longest=LONGEST_TEXT, rows=14)
    text_fr = TextField(label="Français", longest=LONGEST_TEXT, rows=14)
    text_en = TextField(label="English", longest=LONGEST_TEXT, rows=14)
    valid_from = forms.DateField(label=_("Valid from"), widget=day_input())
    reviewed_by = forms.CharField(
        label=_("Legal review: by whom, and when"),
        max_length=160,
        required=False,
        help_text=_("Empty: no lawyer has read it. Buyers see this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in LANGUAGES:
            widget = self.fields[f"text_{code}"].widget
            widget.attrs |= {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}
        self.fields["valid_from"].initial = timezone.localdate()

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in LANGUAGES}


class ContactForm(forms.Form):
    """Address, telephone, hours, and who answers for what is published."""

    email = forms.EmailField(label=_("E-mail address"), max_length=120, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        help_text=_("Empty: the address on the programme's invoices."),
    )
    hours_ar = forms.CharField(max_length=120, required=False)
    hours_fr = forms.CharField(max_length=120, required=False)
    hours_en = forms.CharField(max_length=120, required=False)
    director = forms.CharField(
        label=_("Responsible for what is published"), max_length=120, required=False
    )
    hosting = forms.CharField(label=_("Hosting: who, and where"), max_length=200, required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].country = country  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            field = self.fields[f"hours_{code}"]
            field.label = _("Hours · %(language)s") % {"language": name}
            field.widget.attrs |= {"lang": code, "dir": "auto"}

    @property
    def hours(self) -> dict[str, str]:
        """The hours by language, where they are written."""
        written = {code: self.cleaned_data[f"hours_{code}"] for code, _name in LANGUAGES}
        return {code: text for code, text in written.items() if text}
