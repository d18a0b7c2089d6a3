"""What follows when somebody's ways in change: other sessions end, and who relies on them is told.

allauth mails the owner of the account (``ACCOUNT_EMAIL_NOTIFICATIONS``). Called by its signals
(``signals``).
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from marketplace.core import audit
from marketplace.web.accounts.codes import note_activation
from marketplace.web.accounts.sessions import end_sessions
from vendors.accounts import User
from vendors.services import note_former_address

_RECOVERY = Authenticator.Type.RECOVERY_CODES


def on_factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    """This session has just given the new factor; the others never did."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_activation(authenticator)
    if authenticator.type != _RECOVERY:
        record_authentication(
            request, user, method="mfa", id=authenticator.pk, type=authenticator.type
        )
        end_sessions(user, but=request)
    audit.record("account.factor_added", user, by=user.actor, kind=authenticator.type)


def on_factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    end_sessions(user, but=request)
    audit.record("account.factor_removed", user, by=user.actor, kind=authenticator.type)


def on_password_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    end_sessions(user, but=request)
    audit.record("account.password_changed", user, by=user.actor)


def on_password_reset(user: User, **_more: Any) -> None:
    end_sessions(user)
    audit.record("account.password_reset", user, by=user.actor)


def on_address_changed(
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **_more: Any,
) -> None:
    """Whoever answers for a cooperative's money is still told at the earlier address."""
    if from_email_address is not None:
        note_former_address(user=user, email=from_email_address.email, by=user.actor)
    audit.record("account.address_changed", user, by=user.actor, to=to_email_address.email)
