"""A lost phone without recovery codes: the second factor of an account is removed.

By the operator's command; or by two persons of a programme (``factor_resets``).
"""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from vendors.accounts import User


@transaction.atomic
def reset_factor(*, user: User, by: Actor) -> None:
    """Remove the apps, passkeys and recovery codes of an account, and end its sessions.

    The next sign-in leads to the set-up, and the new factor rests. For operators' commands only:
    raises Forbidden for a person.
    """
    if by.kind != "system":
        raise Forbidden
    remove_factors(user)
    audit.record("account.factor_reset", user, by=by)


def remove_factors(user: User) -> None:
    """Within the caller's transaction, who writes the audit entry."""
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
