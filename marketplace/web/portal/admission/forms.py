"""Forms of the items that are filled in: identity, place, members."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.core.word_lists import listed
from marketplace.web.meanwhile import WatchedForm
from marketplace.web.numbers import WholeNumberField
from vendors import geography
from vendors.admission import communes
from vendors.admission.checklist import legal_kinds
from vendors.admission.filling import EARLIEST_YEAR
from vendors.admission.given_facts import OPTIONAL_PLACE
from vendors.admission.legal_numbers import LONGEST
from vendors.models import AgeBand, Cooperative, Kind
from vendors.sectors import CHOICES

MOST_MEMBERS = 100_000
MOST_NAMED = 5


class IdentityForm(WatchedForm):
    """Who the cooperative is by law; what is empty is asked again later."""

    legal_name = forms.CharField(
        label=gettext_lazy("Legal name"),
        max_length=160,
        help_text=gettext_lazy("As in the register, in Arabic where it is registered so."),
    )
    legal_name_latin = forms.CharField(
        label=gettext_lazy("Legal name in Latin letters"),
        max_length=140,
        required=False,
        help_text=gettext_lazy("As on the bank's documents."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Members"), choices=[("", "—"), *Kind.choices], required=False
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), choices=[("", "—"), *CHOICES], required=False
    )
    founded_year = WholeNumberField(
        label=gettext_lazy("Year founded"), min_value=EARLIEST_YEAR, required=False
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        kinds = legal_kinds(cooperative.country_code)
        # All may be added later; these need never be.
        self.optional = {rule.kind for rule, needed in kinds if not needed}
        for rule, _needed in kinds:
            self.fields[rule.kind] = forms.CharField(
                label=rule.label(language),
                max_length=LONGEST * 2,
                required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            )

    def clean_legal_name_latin(self) -> str:
        """Banks take no other letters."""
        name = str(self.cleaned_data["legal_name_latin"])
        if any(sign.isalpha() and not _is_latin(sign) for sign in name):
            raise forms.ValidationError(_("Use Latin letters only."))
        return name


class PlaceForm(WatchedForm):
    """Where it is: the commune by typing, and where parcels are picked up."""

    optional = OPTIONAL_PLACE

    commune = forms.CharField(
        label=gettext_lazy("Commune"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Type the first letters and choose."),
        widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
    )
    place_name = forms.CharField(
        label=gettext_lazy("Village or town"), max_length=80, required=False
    )
    place_name_ar = forms.CharField(
        label=gettext_lazy("Village or town in Arabic"), max_length=80, required=False
    )
    is_rural = forms.BooleanField(label=gettext_lazy("Rural area"), required=False)
    address_line = forms.CharField(
        label=gettext_lazy("Pickup address"), max_length=160, required=False
    )
    postal_code = forms.CharField(
        label=gettext_lazy("Postal code"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        self.region = cooperative.region_code
        super().__init__(*args, **kwargs)
        if geography.communes(self.region):
            # A commune says itself whether it is rural.
            del self.fields["is_rural"]
        else:
            del self.fields["commune"]

    def clean_commune(self) -> str:
        """The commune's name as it is offered; several or none are told."""
        typed = str(self.cleaned_data["commune"])
        if not typed:
            return ""
        found, language = communes.communes_called(self.region, typed), get_language() or "ar"
        if not found:
            raise forms.ValidationError(_("No commune of your region is called that."))
        if len(found) > 1:
            names = [communes.label_of(one, language) for one in found[:MOST_NAMED]]
            raise forms.ValidationError(
                _("Which one? Type the whole name: %(names)s.") % {"names": listed(names)}
            )
        return communes.label_of(found[0], language)

    def offered(self) -> list[str]:
        """Communes to offer while somebody types."""
        return communes.offered(self.region, get_language() or "ar")

    def neutral(self, name: str, value: Any) -> str:
        """A commune is compared as itself, in whichever language it is written."""
        if name == "commune":
            value = self._code(str(value or "")) or value
        return super().neutral(name, value)

    @property
    def facts(self) -> dict[str, Any]:
        """What was entered, by the names of ``filling.place_of``."""
        entered = self.values
        return {
            "commune_code": self._code(entered.get("commune", "")),
            "place_name": entered["place_name"],
            "place_name_ar": entered["place_name_ar"],
            "address_line": entered["address_line"],
            "postal_code": entered["postal_code"],
            "is_rural": bool(entered.get("is_rural")),
        }

    def _code(self, typed: str) -> str:
        found = communes.communes_called(self.region, typed) if typed else []
        return found[0].code if len(found) == 1 else ""


class MembersForm(WatchedForm):
    """How many women and men of each age band are members."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for band in AgeBand:
            for sex, label in (("women", _("Women, %(age)s")), ("men", _("Men, %(age)s"))):
                self.fields[f"{sex}_{band.value}"] = WholeNumberField(
                    label=label % {"age": band.label},
                    min_value=0,
                    max_value=MOST_MEMBERS,
                    required=False,
                )

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Women and men by age band; what was left empty is nobody."""
        given = self.cleaned_data
        return {
            band.value: (given[f"women_{band.value}"] or 0, given[f"men_{band.value}"] or 0)
            for band in AgeBand
        }


def _is_latin(sign: str) -> bool:
    return sign.isascii() or "\u00c0" <= sign <= "\u024f"
