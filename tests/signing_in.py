"""Signing in in tests, as a person does with all that the account has.

Staff have a second factor (the factories give them one), and somebody who signs in has just given
it. So ``Client.force_login`` notes a code for an account that has a factor; ``given_code`` says how
long ago, and ``enrol`` gives an account its factor.
"""

import time
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client

from marketplace.web.accounts.sessions import NOTE, idle_time
from vendors.models import User

# Long enough ago to have rested.
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_force_login = Client.force_login


def enrol(user: User, *, since: datetime = LONG_AGO) -> Authenticator:
    """Give an account an authenticator app, if it has none."""
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if known is None:
        known = TOTP.activate(user, SECRET).instance
        known.created_at = since
        known.save(update_fields=["created_at"])
    return known


def given_code(client: Client, user: User, *, minutes_ago: float = 0) -> Client:
    """Note in the session of a signed-in person that a code was given."""
    factor = Authenticator.objects.exclude(type="recovery_codes").filter(user=user).first()
    if factor is not None:
        session = client.session
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {
                "method": "mfa",
                "at": time.time() - minutes_ago * 60,
                "id": factor.pk,
                "type": factor.type,
            }
        ]
        session.save()
    return client


def _login_with_code(self: Client, user: Any, backend: str | None = None) -> None:
    _force_login(self, user, backend)
    session = self.session
    session[NOTE] = {"at": time.time(), "seconds": idle_time(user).total_seconds()}
    session.save()
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=session.session_key)
    given_code(self, user)


def sign_in_with_all_factors() -> None:
    """From now on ``force_login`` signs in with the second factor too."""
    Client.force_login = _login_with_code  # type: ignore[method-assign]
