"""The name of a saved view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.web.lists.models import LONGEST_NAME


class NameForm(forms.Form):
    """What a view is called."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter a name.")},
    )
