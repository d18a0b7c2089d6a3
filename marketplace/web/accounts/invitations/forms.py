"""Name and password of whoever accepts an invitation without an account of their own."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class AccountForm(forms.Form):
    """The account that begins with the acceptance."""

    name = forms.CharField(label=_("Name"), max_length=120)
    password1 = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput,
        strip=False,
        help_text=_("At least 10 characters, and not a common word."),
    )
    password2 = forms.CharField(
        label=_("Confirm password"), widget=forms.PasswordInput, strip=False
    )

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        try:
            validate_password(password)
        except ValidationError as error:
            raise forms.ValidationError(list(error.messages)) from error
        return password

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, second = answers.get("password1"), answers.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        return answers
