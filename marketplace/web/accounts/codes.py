"""Codes of an authenticator app: each is taken once, whichever process takes it."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.webauthn import forms as passkey_forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

_LAST = "last_counter"


@transaction.atomic
def claim_code(factor: Authenticator, code: str) -> bool:
    """Whether a code of an app is newer than the last one taken; it is then the last one taken."""
    locked = Authenticator.objects.select_for_update().get(pk=factor.pk)
    secret, last = get_adapter().decrypt(locked.data["secret"]), locked.data.get(_LAST, 0)
    for counter in auth.yield_hotp_counters_from_time():
        is_code = auth.format_hotp_value(auth.hotp_value(secret, counter)) == code.strip()
        if is_code and counter > last:
            locked.data[_LAST] = counter
            locked.save(update_fields=["data"])
            return True
    return False


def note_activation(factor: Authenticator) -> None:
    """The code that activated an app is not taken again."""
    factor.data[_LAST] = max(auth.yield_hotp_counters_from_time()) - 1
    factor.save(update_fields=["data"])


class _Once:
    """Takes an app's code once; recovery codes are crossed out by allauth itself."""

    authenticator: Authenticator
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your phone, or a recovery code")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not claim_code(
            self.authenticator, code
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_Once, allauth_forms.AuthenticateForm):
    """The code while signing in."""


class ReauthenticateForm(_Once, allauth_forms.ReauthenticateForm):
    """The code before a step that needs a recent one."""


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    """A new passkey, with the name under which its owner knows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields.pop("passwordless", None)


class EditPasskeyForm(passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
