"""Offering a role in a programme; proposing to reset a second factor."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.web.invitations import InvitedForm
from vendors.errors import RegionsNeeded
from vendors.geography import regions
from vendors.models import Programme, StaffRole


class ResetForm(forms.Form):
    """How the proposer made sure that the owner of the account asks for it."""

    reason = forms.CharField(
        label=_("How did you make sure that this person asks for it?"),
        max_length=300,
        help_text=_(
            "For instance: called back on the number known from before, on which day. The second "
            "person and everybody in office read it."
        ),
    )


class OfferForm(InvitedForm):
    """The person, the role, and for a regional adviser the regions."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in StaffRole.choices if choice[0] != StaffRole.ADVISER],
    )
    region_codes = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a regional adviser. For other roles, empty means the whole programme."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        language = get_language() or "en"
        field = self.fields["region_codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (region.code, region.name(language))
            for country in programme.country_codes
            for region in regions(country)
        ]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("role") == StaffRole.REGIONAL and not answers.get("region_codes"):
            self.add_error("region_codes", str(RegionsNeeded.message))
        return answers
