"""A browser whose person has just given a code from the phone."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from vendors.models import User


def with_code(client: Client, user: User, *, minutes_ago: float = 0) -> Client:
    """The person has an authenticator, and used it some minutes ago."""
    if not user.authenticator_set.exists():  # type: ignore[attr-defined]
        TOTP.activate(user, generate_totp_secret())
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time() - minutes_ago * 60, "type": "totp"}
    ]
    session.save()
    return client
