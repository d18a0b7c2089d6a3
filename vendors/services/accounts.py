"""Accounts of persons: opened, and proven to belong to the owner of their address."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.proven_addresses import is_proven


@transaction.atomic
def open_account(
    *,
    email: str,
    name: str,
    language: str = "ar",
    password: str | None = None,
    proven: bool = False,
    by: Actor,
) -> User:
    """The account of an e-mail address, created if there is none.

    Without a password the person sets one through the mail that resets it. Only operators and the
    demo pass ``proven``, for an address whose owner they know (see ``prove_address``).
    """
    if proven:
        return prove_address(email=email, name=name, language=language, password=password, by=by)
    return User.objects.filter(email__iexact=email).first() or _create(
        email, name, language, password, by
    )


@transaction.atomic
def prove_address(
    *, email: str, name: str, language: str = "ar", password: str | None = None, by: Actor
) -> User:
    """The account of an address whose owner is certain: they opened a link that was mailed there.

    An account that has already proven the address stays as it is. One that never proved any is
    taken over: its password, second factors, other addresses, and with them its sessions, end. One
    that had proven another address gets that one back, and the owner an account of their own.
    """
    address = email.strip().lower()
    proven = EmailAddress.objects.filter(email__iexact=address, verified=True).first()
    if proven is not None:
        owner: User = proven.user
        return owner
    account = User.objects.select_for_update().filter(email__iexact=address).first()
    if account is not None and _give_back(account, by):
        account = None
    if account is None:
        account = _create(address, name, language, password, by)
    else:
        _take_over(account, password, name, by)
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    audit.record("account.address_proven", account, by=by)
    return account


def owner_of(email: str) -> User | None:
    """The account that has proven an address, if there is one."""
    found = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True)
    address = found.select_related("user").first()
    return address.user if address is not None else None


def _create(email: str, name: str, language: str, password: str | None, by: Actor) -> User:
    user = User.objects.create_user(email, password, name=name, language=language)
    audit.record("account.opened", user, by=by)
    return user


def _give_back(account: User, by: Actor) -> bool:
    """Undo a change to an address that was never proven, if an earlier one was."""
    assert not is_proven(account)
    own = EmailAddress.objects.filter(user=account, verified=True).order_by("-primary").first()
    if own is None:
        return False
    EmailAddress.objects.filter(user=account, verified=False).delete()
    account.email = own.email
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(pk=own.pk).update(primary=True)
    audit.record("account.address_returned", account, by=by)
    return True


def _take_over(account: User, password: str | None, name: str, by: Actor) -> None:
    """End every way in that somebody else may have prepared; sessions end with the password."""
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.set_password(password)
    account.name = name or account.name
    account.save(update_fields=["password", "name"])
    audit.record("account.taken_over", account, by=by)
