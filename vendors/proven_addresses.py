"""Whether the owner of an account's address has proven it: without proof an account has no role.

The fact is allauth's: an ``EmailAddress`` with ``verified=True`` that is the account's current
address. Whoever signs up with somebody else's address, or makes one theirs unproven, has no role.
"""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from vendors.accounts import User


def is_proven(user: User) -> bool:
    """Whether the account's current address is proven."""
    own = EmailAddress.objects.filter(user_id=user.pk, email__iexact=user.email, verified=True)
    return bool(own.exists())


def proven_addresses(user: User) -> list[str]:
    """All addresses that the account has proven, for what belongs to who reads their mail."""
    rows = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    return list(rows.values_list("email", flat=True))


def has_proven_address(path: str = "user") -> Exists:
    """The same as a condition on rows that lead to an account by ``path`` ("" for accounts)."""
    account, address = (f"{path}_id", f"{path}__email") if path else ("pk", "email")
    return Exists(
        EmailAddress.objects.filter(
            user_id=OuterRef(account), email__iexact=OuterRef(address), verified=True
        )
    )
