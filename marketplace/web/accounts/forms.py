"""Sign-in forms with our labels, where the framework's say too much or use other terms."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from vendors.proven_addresses import is_proven

if TYPE_CHECKING:
    from vendors.accounts import User


class LoginForm(allauth_forms.LoginForm):
    """The link to a new password is on the page once, under the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""


class SignupForm(allauth_forms.SignupForm):
    """The three fields with our labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters, and not a common word.")
        self.fields["password2"].label = _("Confirm password")


class CodeForm(allauth_forms.RequestLoginCodeForm):
    """The address to which a code to sign in is sent: a proven one, others are not told apart."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def clean_email(self) -> str:
        """Whoever made an account with somebody else's address must not have them prove it."""
        email: str = super().clean_email()
        user: User | None = self._user  # type: ignore[has-type]
        if user is not None and not is_proven(user):
            self._user = None
        return email
