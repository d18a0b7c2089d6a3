"""The form that asks whose data it is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An e-mail address, to which the link is mailed."""

    email = forms.EmailField(label=_("E-mail address"), max_length=120)
