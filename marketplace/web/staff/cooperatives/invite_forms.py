"""Forms to invite cooperatives: one, or a sheet of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.core.person_names import has_an_address
from marketplace.web.address_fields import PhoneField
from marketplace.web.numbers import WholeNumberField
from vendors.admission.errors import NoReach
from vendors.admission.inviting import Adviser, InvitedCooperative
from vendors.geography import country_of
from vendors.models import Kind, Programme
from vendors.sectors import CHOICES

MOST_PHASES = 99
EMPTY = ("", "—")


class InviteForm(forms.Form):
    """What staff know; the rest the cooperative fills in."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=160)
    legal_name_latin = forms.CharField(
        label=_("Legal name in Latin letters"), max_length=140, required=False
    )
    region_code = forms.ChoiceField(label=_("Region"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[EMPTY, *CHOICES], required=False)
    kind = forms.ChoiceField(label=_("Members"), choices=[EMPTY, *Kind.choices], required=False)
    name = forms.CharField(
        label=_("Who fills it in"),
        max_length=120,
        help_text=_("This person becomes its first manager."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        help_text=_("Without an e-mail address the link is sent by text message."),
    )
    language = forms.ChoiceField(label=_("Language of the message"))
    phase = WholeNumberField(label=_("Phase"), min_value=1, max_value=MOST_PHASES, required=False)
    tranche = forms.CharField(
        label=_("Tranche"),
        max_length=40,
        required=False,
        help_text=_("The group with which it enters the programme."),
    )
    adviser_name = forms.CharField(label=_("Adviser"), max_length=120, required=False)
    adviser_phone = PhoneField(label=_("Adviser's phone"), required=False)

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        regions: list[tuple[str, str]],
        may_grant: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Of several none is chosen beforehand: the first one would be taken unseen.
        offered = [EMPTY, *regions] if len(regions) > 1 else regions
        self.fields["region_code"].choices = offered  # type: ignore[attr-defined]
        names = dict(settings.LANGUAGES)
        codes = [c for c in dict.fromkeys([*programme.languages, *names]) if c in names]
        self.fields["language"].choices = [(code, names[code]) for code in codes]  # type: ignore[attr-defined]
        if may_grant:
            self.fields["adviser_email"] = forms.EmailField(
                label=_("Adviser's e-mail"),
                required=False,
                help_text=_(
                    "The adviser sees the cooperative's page and acts for it from then on."
                ),
            )
        chosen = self.data.get("region_code", "") or (regions or [("", "")])[0][0]
        for name in ("phone", "adviser_phone"):
            self.fields[name].country = country_of(chosen)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if has_an_address(name):
            raise forms.ValidationError(_("Enter a name, without a web or e-mail address."))
        return name

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not answers.get("email") and not answers.get("phone"):
            self.add_error("email", str(NoReach.message))
        return answers

    @property
    def invited(self) -> InvitedCooperative:
        """The invitation as the service takes it."""
        given = dict(self.cleaned_data)
        adviser = Adviser(
            name=given.pop("adviser_name"),
            phone=given.pop("adviser_phone"),
            email=given.pop("adviser_email", ""),
        )
        return InvitedCooperative(adviser=adviser, **given)


class SheetForm(forms.Form):
    """The sheet to read."""

    file = forms.FileField(
        label=_("Table of cooperatives"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("CSV or Excel (.xlsx), at most 200 rows. Nothing is sent before you confirm."),
    )
