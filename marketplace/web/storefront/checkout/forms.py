"""The address form of the checkout."""

import re
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.markets import Market
from marketplace.core.formats import western_digits
from marketplace.core.person_names import has_an_address, plain_line
from marketplace.orders.address import Address
from vendors import geography

_NOT_A_DIGIT = re.compile(r"\D")
# Digits of a national mobile number after the country's prefix.
_DIGITS = {"MA": 9, "TN": 8, "SN": 9, "EG": 10, "JO": 9}
_PREFIX = {"MA": "212", "TN": "216", "SN": "221", "EG": "20", "JO": "962"}
_LEAST_ABROAD, _MOST = 8, 15


class AddressForm(forms.Form):
    """The buyer's name, phone, mail and address, in one country of the market."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(
        label=_("Mobile phone"), max_length=30, help_text=_("The courier calls before coming.")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=120,
        help_text=_("For the receipt and the tracking link."),
    )
    country_code = forms.ChoiceField(label=_("Country"))
    region_code = forms.ChoiceField(label=_("Region"), required=False)
    city = forms.CharField(label=_("City"), max_length=80)
    line1 = forms.CharField(label=_("Street and number"), max_length=120)
    line2 = forms.CharField(
        label=_("Landmark for the courier"),
        max_length=120,
        required=False,
        help_text=_("For example: opposite the pharmacy"),
    )
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)

    def __init__(self, *args: Any, market: Market, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [(code, _country_name(code, language)) for code in market.country_codes]
        self.fields["country_code"].choices = countries  # type: ignore[attr-defined]
        if len(countries) == 1:
            self.fields["country_code"].widget = forms.HiddenInput()
            self.fields["country_code"].initial = countries[0][0]
            regions = geography.regions(market.default_country)
        else:
            regions = []
            self.fields["postal_code"].required = True
        if regions:
            named = [(r.code, r.name(language)) for r in regions]
            self.fields["region_code"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["region_code"]

    def clean_name(self) -> str:
        """The name in one line; it is greeted in mails, which must not carry advertisements."""
        name = plain_line(self.cleaned_data["name"])
        if not name or has_an_address(name):
            raise forms.ValidationError(
                _("Enter the name of a person or an organization, without web or e-mail addresses.")
            )
        return name

    def clean_phone(self) -> str:
        """Normalize to digits with the country's prefix; says what is missing."""
        typed = western_digits(self.cleaned_data["phone"])
        digits = _NOT_A_DIGIT.sub("", typed)
        country = self.data.get(self.add_prefix("country_code"), "")
        wanted = _DIGITS.get(country)
        if wanted is None:
            if not _LEAST_ABROAD <= len(digits) <= _MOST:
                raise forms.ValidationError(
                    _("This is not a phone number. Example: +33 6 12 34 56 78")
                )
            return f"+{digits}" if typed.strip().startswith("+") else digits
        national = digits.removeprefix("00").removeprefix(_PREFIX[country]).lstrip("0")
        if len(national) == wanted - 1:
            raise forms.ValidationError(_("One digit is missing. Example: 06 61 22 33 44"))
        if len(national) != wanted:
            raise forms.ValidationError(_("This is not a valid mobile number in this country."))
        return f"+{_PREFIX[country]}{national}"

    @property
    def address(self) -> Address:
        """The address as the order keeps it."""
        given = self.cleaned_data
        return Address(
            name=given["name"],
            line1=given["line1"],
            line2=given["line2"],
            city=given["city"],
            region_code=given.get("region_code", ""),
            postal_code=western_digits(given["postal_code"]),
            country_code=given["country_code"],
            phone=given["phone"],
        )


class CashCodeForm(forms.Form):
    """The code that was mailed to the buyer."""

    code = forms.CharField(label=_("Code from the e-mail"), max_length=20)


def _country_name(code: str, language: str) -> str:
    return str(Locale.parse(language).territories.get(code, code))
