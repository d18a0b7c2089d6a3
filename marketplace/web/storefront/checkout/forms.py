"""The address form of the checkout."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.markets import Market
from marketplace.core.formats import western_digits
from marketplace.core.mail_guard import is_unread
from marketplace.core.person_names import has_an_address, plain_line
from marketplace.core.phones import is_mobile_of
from marketplace.core.postal_addresses import PostalAddress
from marketplace.core.text_senders import reaches_phones
from marketplace.orders.address import Address
from marketplace.payments.offered_providers import offers_cash
from marketplace.web.address_check import check_address
from marketplace.web.address_fields import PhoneField, ask_for
from vendors import geography

# What other countries call a region.
_WITH_GOVERNORATES = {"EG", "JO", "TN"}


_WITHOUT_EMAIL = _(
    "For the receipt and the tracking link. If you leave it empty, you pay in cash on delivery and "
    "we write to your phone."
)


class AddressForm(forms.Form):
    """The buyer's name, phone, mail and address, in one country of the market."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = PhoneField(label=_("Mobile phone"), help_text=_("The courier calls before coming."))
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

    # The country whose fields the form has: with another one chosen, it asks again.
    fields_for = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2)

    def __init__(self, *args: Any, market: Market, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [(code, _country_name(code, language)) for code in market.country_codes]
        self.fields["country_code"].choices = countries  # type: ignore[attr-defined]
        self.country = self._chosen(market)
        if len(countries) == 1:
            self.fields["country_code"].widget = forms.HiddenInput()
            self.fields["country_code"].initial = self.country
        else:
            self.fields["country_code"].widget.attrs["data-autosubmit"] = ""
        named = [(r.code, r.name(language)) for r in geography.regions(self.country)]
        if named:
            self.fields["region_code"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
            if self.country in _WITH_GOVERNORATES:
                self.fields["region_code"].label = _("Governorate")
        self.may_do_without_email = reaches_phones() and offers_cash(market)
        self.market_countries = market.country_codes
        if self.may_do_without_email and "email" in self.fields:
            self.fields["email"].required = False
            self.fields["email"].help_text = _WITHOUT_EMAIL
        ask_for(self, self.country)
        self.fields["phone"].country = self.country  # type: ignore[attr-defined]
        self.initial["fields_for"] = self.country

    def _chosen(self, market: Market) -> str:
        typed = self.data.get(self.add_prefix("country_code"), "")
        country = typed or self.initial.get("country_code") or ""
        return country if country in market.country_codes else market.default_country

    @property
    def has_another_country(self) -> bool:
        """Whether a country was chosen of which the form did not yet have the fields."""
        asked = self.data.get(self.add_prefix("fields_for"), "")
        return bool(asked) and asked != self.country

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, to fill in the form of another country."""
        return {name: self.data.get(self.add_prefix(name), "") for name in self.fields}

    def clean_name(self) -> str:
        """The name in one line; it is greeted in mails, which must not carry advertisements."""
        name = plain_line(self.cleaned_data["name"])
        if not name or has_an_address(name):
            raise forms.ValidationError(
                _("Enter the name of a person or an organization, without web or e-mail addresses.")
            )
        return name

    def clean_email(self) -> str:
        """An address that is read, or none."""
        email: str = self.cleaned_data["email"]
        if is_unread(email):
            raise forms.ValidationError(_("Enter an e-mail address that you read."))
        return email

    def _check_reachable(self, given: dict[str, Any]) -> None:
        """Who leaves the address out is written to by phone."""
        left_out = "email" in given and not given["email"]
        if (
            left_out
            and "phone" in given
            and not is_mobile_of(given["phone"], self.market_countries)
        ):
            self.add_error(
                "phone",
                _("Without an e-mail address, enter a mobile phone number of this country."),
            )

    def clean(self) -> dict[str, Any]:
        """The address is one of its country's post."""
        given: dict[str, Any] = super().clean() or {}
        self._check_reachable(given)
        address = PostalAddress(
            country_code=self.country,
            line1=given.get("line1", ""),
            city=given.get("city", ""),
            postal_code=given.get("postal_code", ""),
            region_code=given.get("region_code", ""),
        )
        given["postal_code"] = check_address(self, address, {}).postal_code
        return given

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
            postal_code=given["postal_code"],
            country_code=given["country_code"],
            phone=given["phone"],
        )


class CashCodeForm(forms.Form):
    """The code that was sent to the buyer."""

    code = forms.CharField(label=_("Code from the e-mail"), max_length=20)

    def __init__(self, *args: Any, by_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_phone:
            self.fields["code"].label = _("Code that you received")

    def clean_code(self) -> str:
        """The code in Western digits: a mail may have it in others."""
        return western_digits(self.cleaned_data["code"])


def _country_name(code: str, language: str) -> str:
    return str(Locale.parse(language).territories.get(code, code))
