"""Forms of a review."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """The remark with which a revision is returned."""

    remark = forms.CharField(
        max_length=1000,
        label=_("What should the cooperative change?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
