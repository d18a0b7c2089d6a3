"""A buyer's account: what it holds, and its end."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import ProtectedError, Q

from marketplace.core.models import SentMail
from marketplace.personal_data.buyers import Buyer
from vendors.accounts import User
from vendors.roles_had import had_a_role


def export(user: User) -> dict[str, Any]:
    """Name, addresses, language, ways to sign in (without secrets), and where it is signed in."""
    return {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "opened_at": user.date_joined,
        "signed_in_at": user.last_login,
        "addresses": list(
            EmailAddress.objects.filter(user_id=user.pk).values("email", "verified", "primary")
        ),
        "factors": list(Authenticator.objects.filter(user_id=user.pk).values("type", "created_at")),
        "sessions": list(
            UserSession.objects.filter(user_id=user.pk).values("ip", "user_agent", "created_at")
        ),
    }


def erase_traces(buyer: Buyer) -> int:
    """Delete records of signing in with the addresses, and mails of a local outbox."""
    count = 0
    for email in buyer.emails:
        for model in (AccessAttempt, AccessFailureLog, AccessLog):
            count += model.objects.filter(username__iexact=email).delete()[0]
        count += SentMail.objects.filter(recipient__iexact=email).delete()[0]
    return count


def close(user: User | None) -> int:
    """Delete an account that has no role; one that has stays, without what it bought.

    Returns how many accounts went. What the books name by an account keeps it, unable to sign in.
    """
    if user is None or had_a_role(user):
        return 0
    try:
        user.delete()
    except ProtectedError:
        _anonymise(user)
    return 1


def _anonymise(user: User) -> None:
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(Q(user_id=user.pk)).delete()
    user.email, user.name, user.is_active = f"erased-{user.pk}@erased.invalid", "", False
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "is_active", "password"])
