"""The form of a visit, short enough for a phone at the roadside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.web.dates import day_input
from vendors.models import Visit, VisitKind
from vendors.models.visits import LONGEST_TEXT, SESSIONS
from vendors.services import VisitFacts


class VisitForm(forms.Form):
    """The day, the kind, what was done, what next and by when."""

    visited_on = forms.DateField(label=_("Day"), widget=day_input())
    kind = forms.ChoiceField(label=_("Kind"), choices=VisitKind.choices, widget=forms.RadioSelect)
    session_number = forms.TypedChoiceField(
        label=_("Which individual session"),
        choices=[("", "–"), *((n, n) for n in range(1, SESSIONS + 1))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for an individual session."),
    )
    done = forms.CharField(
        label=_("What was done"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_step = forms.CharField(
        label=_("What comes next"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_on = forms.DateField(label=_("By when"), required=False, widget=day_input())

    @property
    def facts(self) -> VisitFacts:
        """What was filled in, once it is valid."""
        given: dict[str, Any] = dict(self.cleaned_data)
        if given["kind"] != VisitKind.SESSION:
            given["session_number"] = None
        return VisitFacts(**given)


def filled(visit: Visit) -> dict[str, Any]:
    """What the form shows of a visit that is corrected."""
    return {name: getattr(visit, name) for name in VisitForm.base_fields}
