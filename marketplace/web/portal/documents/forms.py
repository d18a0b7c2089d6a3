"""The form of a document that is handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.web.dates import day_input
from vendors.models import DocumentRequirement


class HandInForm(forms.Form):
    """The file, and until when it is valid where that is asked."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        help_text=_("A PDF file or a photo, at most 10 MB."),
    )
    expires_on = forms.DateField(
        label=_("Valid until"), widget=day_input(), help_text=_("The last day, as it says.")
    )

    def __init__(self, *args: Any, requirement: DocumentRequirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not requirement.expires:
            del self.fields["expires_on"]
