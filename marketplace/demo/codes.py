"""The demo's second factors: derived from its own secret, so that a command can tell the codes."""

import base64
import hashlib
import hmac
import time
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import encrypt
from django.conf import settings

from vendors.accounts import User

_MARK = "demo"


def secret_of(email: str, key: str = "") -> str:
    """The secret of a demo account's app; another in each demo world (``key``: its own secret)."""
    own = (key or settings.SECRET_KEY).encode()
    digest = hmac.new(own, f"demo second factor of {email}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()


def code_of(email: str) -> tuple[str, int]:
    """The code of an account's app now, and for how many seconds it is shown."""
    counter, passed = divmod(int(time.time()), auth.app_settings.TOTP_PERIOD)
    code = auth.format_hotp_value(auth.hotp_value(secret_of(email), counter))
    return code, auth.app_settings.TOTP_PERIOD - passed


def prove_address(user: User) -> None:
    """The account's address counts as proven: nobody reads the mail of invented persons."""
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def enrol(user: User, since: datetime) -> None:
    """Give an account its app, if it has no second factor; it has rested since long."""
    if Authenticator.objects.filter(user=user).exists():
        return
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": encrypt(secret_of(user.email)), _MARK: True},
        created_at=since,
    )


def are_known() -> bool:
    """Whether this database holds second factors whose codes a command can tell."""
    return bool(Authenticator.objects.filter(**{f"data__{_MARK}": True}).exists())
