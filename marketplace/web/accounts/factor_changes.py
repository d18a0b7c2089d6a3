"""What follows when somebody's ways in change: other sessions end, and who relies on them is told.

allauth mails the owner of the account (``ACCOUNT_EMAIL_NOTIFICATIONS``).
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest

from marketplace.core import audit
from marketplace.web.accounts.codes import note_activation
from marketplace.web.accounts.sessions import end_sessions
from vendors.accounts import User
from vendors.services import note_former_address

_RECOVERY = Authenticator.Type.RECOVERY_CODES


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """This session has just given the new factor; the others never did."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_activation(authenticator)
    if authenticator.type != _RECOVERY:
        record_authentication(
            request, user, method="mfa", id=authenticator.pk, type=authenticator.type
        )
        end_sessions(user, but=request)
    audit.record("account.factor_added", user, by=user.actor, kind=authenticator.type)


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    end_sessions(user, but=request)
    audit.record("account.factor_removed", user, by=user.actor, kind=authenticator.type)


def _password(request: HttpRequest, user: User, **_more: Any) -> None:
    end_sessions(user, but=request)
    audit.record("account.password_changed", user, by=user.actor)


def _password_by_mail(user: User, **_more: Any) -> None:
    end_sessions(user)
    audit.record("account.password_reset", user, by=user.actor)


def _address(
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **_more: Any,
) -> None:
    """Whoever answers for a cooperative's money is still told at the earlier address."""
    if from_email_address is not None:
        note_former_address(user=user, email=from_email_address.email, by=user.actor)
    audit.record("account.address_changed", user, by=user.actor, to=to_email_address.email)


def connect() -> None:
    """Listen to allauth's signals."""
    for signal, receiver in (
        (authenticator_added, _added),
        (authenticator_removed, _removed),
        (authenticator_reset, _removed),
        (password_changed, _password),
        (password_set, _password),
        (password_reset, _password_by_mail),
        (email_changed, _address),
    ):
        signal.connect(receiver, dispatch_uid=f"twiza.{receiver.__name__}.{id(signal)}")
