"""Signing up and choosing a new password: nothing tells whether an address is known.

Whoever proves an address that an account never proved takes that account over
(``vendors.services.prove_address``): what somebody else prepared there ends.
"""

from typing import Any

from allauth.account import forms as allauth_forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.web.accounts import forms
from vendors.accounts import User
from vendors.proven_addresses import is_proven
from vendors.services import prove_address


class SignupForm(forms.SignupForm):
    """For a known address only a mail is sent, with the same page and after the same work."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class CodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code that was mailed to an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the message")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code"}


class ChangeAddressForm(allauth_forms.AddEmailForm):
    """The address that is to take the place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs = {}


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """The link goes to the address with which one signs in, so that using it proves that one."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """The link was opened, so the address is proven: an account that never proved it changes hands.

    Its sessions, second factors and other addresses end, and the new password is its owner's.
    """

    user: User

    def save(self) -> None:
        if not is_proven(self.user):
            person = self.user
            self.user = prove_address(
                email=person.email, name=person.name, language=person.language, by=person.actor
            )
        super().save()


class PasswordForm(allauth_forms.ReauthenticateForm):
    """The password, given again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
