"""Whose data: an account with its proven addresses, or an address alone."""

from dataclasses import dataclass

from vendors.accounts import User
from vendors.proven_addresses import proven_addresses


@dataclass(frozen=True)
class Buyer:
    """Addresses that were proven, and the account that has proven them, if there is one."""

    emails: tuple[str, ...]
    user: User | None = None


def buyer_of_user(user: User) -> Buyer:
    """Who is signed in."""
    return Buyer(tuple(sorted(proven_addresses(user))), user)


def buyer_of_address(email: str) -> Buyer:
    """Who reads the mail of an address: with all addresses of the account that has proven it."""
    written = email.strip().lower()
    user = User.objects.filter(emailaddress__email__iexact=written, emailaddress__verified=True)
    found = user.order_by("pk").first()
    emails = {written, *(proven_addresses(found) if found else ())}
    return Buyer(tuple(sorted(emails)), found)
