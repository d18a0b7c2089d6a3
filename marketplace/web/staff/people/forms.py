"""Granting a role in a programme."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vendors.errors import RegionsNeeded
from vendors.geography import regions
from vendors.models import Programme, StaffRole


class GrantForm(forms.Form):
    """The user, the role, and for a regional adviser the regions."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=StaffRole.choices)
    region_codes = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a regional adviser. For other roles, empty means the whole programme."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
