"""The form of an application: what is enough to begin."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.person_names import has_an_address, plain_line
from marketplace.web.address_fields import PhoneField
from vendors.admission.applying import Application
from vendors.admission.legal_numbers import LONGEST, BadLegalNumber, read_legal_number
from vendors.geography import country_of, regions
from vendors.models import Programme
from vendors.sectors import CHOICES

LATIN = {"dir": "ltr", "autocomplete": "off"}


class ApplicationForm(forms.Form):
    """The cooperative, where it is, and who asks."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"))
    legal_name = forms.CharField(
        label=gettext_lazy("Legal name"),
        max_length=120,
        help_text=gettext_lazy("As in the register, in Arabic where it is registered so."),
    )
    legal_name_latin = forms.CharField(
        label=gettext_lazy("Legal name in Latin letters"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    ice = forms.CharField(
        label=gettext_lazy("ICE"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={**LATIN, "inputmode": "numeric"}),
    )
    register_number = forms.CharField(
        label=gettext_lazy("Register number"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs=LATIN),
    )
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=[("", "—"), *CHOICES])
    region_code = forms.ChoiceField(label=gettext_lazy("Region"))
    place_name = forms.CharField(label=gettext_lazy("Village or town"), max_length=80)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send a link to it. You sign in with it afterwards."),
    )
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    # People do not see it; programs fill in whatever there is.
    website = forms.CharField(required=False, max_length=200)

    def __init__(
        self, *args: Any, programmes: list[Programme], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.programmes = {programme.slug: programme for programme in programmes}
        named = [(slug, one.name_in(language)) for slug, one in self.programmes.items()]
        self.fields["programme"].choices = named  # type: ignore[attr-defined]
        if len(named) == 1:
            self.fields["programme"].widget = forms.HiddenInput()
            self.fields["programme"].initial = named[0][0]
        countries = dict.fromkeys(code for one in programmes for code in one.country_codes)
        self.fields["region_code"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((r.code, r.name(language)) for country in countries for r in regions(country)),
        ]
        self.country = country_of(self.data.get("region_code", "")) or next(iter(countries), "MA")
        self.fields["phone"].country = self.country  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """The name in one line; it stands in mails, which must not carry advertisements."""
        return _plain_name(self.cleaned_data["name"])

    def clean_legal_name(self) -> str:
        return _plain_name(self.cleaned_data["legal_name"])

    def clean_legal_name_latin(self) -> str:
        return _plain_name(self.cleaned_data["legal_name_latin"])

    def clean_ice(self) -> str:
        return self._legal_number("ice", "ice")

    def clean_register_number(self) -> str:
        return self._legal_number("register_number", "rc")

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        if entered.get("website"):
            raise forms.ValidationError(
                _("A hidden field was filled in, as programs do. Please send the form again.")
            )
        chosen = self.programmes.get(entered.get("programme", ""))
        if chosen and "region_code" in entered and self.country not in chosen.country_codes:
            self.add_error("region_code", _("This programme does not work in this country."))
        return entered

    @property
    def application(self) -> Application:
        """The application, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "website"}
        return Application(language=self.language, **given)

    def _legal_number(self, field: str, kind: str) -> str:
        try:
            return read_legal_number(self.country, kind, self.cleaned_data[field])
        except BadLegalNumber as refused:
            raise forms.ValidationError(str(refused)) from refused


def _plain_name(typed: str) -> str:
    name = plain_line(typed)
    if not name or has_an_address(name):
        raise forms.ValidationError(_("Enter a name, without a web or e-mail address."))
    return name
