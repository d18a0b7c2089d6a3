"""Forms to find and register cooperatives, and to change their status."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.postal_addresses import PostalAddress
from marketplace.web.address_check import check_address
from marketplace.web.address_fields import PhoneField, ask_for
from marketplace.web.numbers import WholeNumberField
from vendors.geography import regions
from vendors.models import Cooperative, Kind, Programme
from vendors.scoping import Crossing
from vendors.sectors import CHOICES
from vendors.services import CooperativeFacts

EARLIEST_YEAR = 1900


def region_choices(programme: Programme, allowed: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The regions of a programme's countries, or only those that are ``allowed``."""
    language = get_language() or "en"
    return [
        (region.code, region.name(language))
        for country in programme.country_codes
        for region in regions(country)
        if not allowed or region.code in allowed
    ]


class RegisterForm(forms.Form):
    """Registered facts of a new cooperative."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=160)
    legal_name_latin = forms.CharField(
        label=_("Legal name in Latin letters"),
        max_length=140,
        help_text=_("As on the bank's documents."),
    )
    slug = forms.SlugField(
        label=_("Address of the page"), max_length=80, help_text=_("Latin letters and hyphens.")
    )
    kind = forms.ChoiceField(label=_("Members"), choices=Kind.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=CHOICES)
    region_code = forms.ChoiceField(label=_("Region"))
    place_name = forms.CharField(label=_("Village or town"), max_length=80)
    place_name_ar = forms.CharField(
        label=_("Village or town in Arabic"), max_length=80, required=False
    )
    address_line = forms.CharField(label=_("Pickup address"), max_length=160)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    is_rural = forms.BooleanField(label=_("Rural area"), required=False, initial=True)
    member_count = WholeNumberField(label=_("Members in total"), min_value=0, initial=0)
    women_count = WholeNumberField(label=_("Women members"), min_value=0, initial=0)
    founded_year = WholeNumberField(
        label=_("Year founded"), min_value=EARLIEST_YEAR, required=False
    )
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        chosen = self.data.get(self.add_prefix("region_code"), "") or (choices or [("", "")])[0][0]
        self.country = chosen.partition("-")[0]
        self.fields["phone"].country = self.country  # type: ignore[attr-defined]
        ask_for(self, self.country)

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if Cooperative.objects.crossing(Crossing.POLICY).filter(slug=slug).exists():
            raise forms.ValidationError(_("Another cooperative has this address."))
        return slug

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if (answers.get("women_count") or 0) > (answers.get("member_count") or 0):
            self.add_error("women_count", _("The number of women exceeds the number of members."))
        address = PostalAddress(
            country_code=self.country,
            line1=answers.get("address_line", ""),
            city=answers.get("place_name", ""),
            postal_code=answers.get("postal_code", ""),
        )
        names = {"line1": "address_line", "city": "place_name"}
        answers["postal_code"] = check_address(self, address, names).postal_code
        return answers

    def facts(self, programme: Programme) -> CooperativeFacts:
        """The values as the service takes them."""
        country = str(self.cleaned_data["region_code"]).split("-")[0]
        return CooperativeFacts(
            country_code=country, payout_currency=programme.base_currency, **self.cleaned_data
        )


class PauseForm(forms.Form):
    """The reason for hiding a page."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LeaveForm(forms.Form):
    """Why a cooperative leaves, and a confirmation: it cannot be undone here."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    confirmed = forms.BooleanField(
        label=_("The cooperative knows that it leaves the programme today"),
        error_messages={"required": _("Tick the box to confirm.")},
    )
