"""The delivery addresses of an account."""

from collections.abc import Collection
from uuid import UUID

from marketplace.orders.address_errors import NoSuchAddress
from marketplace.orders.models import SavedAddress
from vendors.accounts import User


def addresses_of(user: User, countries: Collection[str] | None = None) -> list[SavedAddress]:
    """Those of an account, the default first, then as they were added; all or in countries."""
    rows = SavedAddress.objects.filter(user=user)
    return list(rows if countries is None else rows.filter(country_code__in=countries))


def address_of(user: User, address_id: UUID) -> SavedAddress:
    """One of an account's own; raises NoSuchAddress for any other."""
    row = SavedAddress.objects.filter(user=user, pk=address_id).first()
    if row is None:
        raise NoSuchAddress
    return row
