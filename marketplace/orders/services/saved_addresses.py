"""The delivery addresses of an account: kept, changed, deleted; one of them is the default.

Each change locks the account, so that two at once leave one default.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.orders.address import Address
from marketplace.orders.address_errors import TooManyAddresses
from marketplace.orders.models import SavedAddress
from marketplace.orders.queries.saved_addresses import address_of, addresses_of
from vendors.accounts import User

MOST = 20


@transaction.atomic
def keep_address(
    *, user: User, address: Address, label: str = "", is_default: bool = False
) -> SavedAddress:
    """Keep an address, once; the first is the default. Raises TooManyAddresses at 20."""
    _lock(user)
    kept = addresses_of(user)
    known = next((row for row in kept if row.address == address), None)
    if known is None:
        if len(kept) >= MOST:
            raise TooManyAddresses(most=MOST)
        known = SavedAddress(user=user, saved_at=timezone.now())
    label = label or known.label
    return _written(known, address, label, is_default=is_default or not kept)


@transaction.atomic
def change_address(
    *, user: User, address_id: UUID, address: Address, label: str, is_default: bool = False
) -> SavedAddress:
    """Write an address anew; orders that were sent there keep theirs. Raises NoSuchAddress."""
    _lock(user)
    return _written(address_of(user, address_id), address, label, is_default=is_default)


@transaction.atomic
def make_default(*, user: User, address_id: UUID) -> None:
    """Let an address be the one that a checkout begins with. Raises NoSuchAddress."""
    _lock(user)
    row = address_of(user, address_id)
    _written(row, row.address, row.label, is_default=True)


@transaction.atomic
def delete_address(*, user: User, address_id: UUID) -> None:
    """Delete an address; of those that are left the oldest becomes the default if it was that."""
    _lock(user)
    SavedAddress.objects.filter(user=user, pk=address_id).delete()
    left = addresses_of(user)
    if left and not left[0].is_default:
        SavedAddress.objects.filter(pk=left[0].pk).update(is_default=True)


def _written(row: SavedAddress, address: Address, label: str, *, is_default: bool) -> SavedAddress:
    if is_default:
        SavedAddress.objects.filter(user_id=row.user_id, is_default=True).exclude(pk=row.pk).update(
            is_default=False
        )
        row.is_default = True
    row.label, row.address_json = label, address.model_dump_json()
    row.country_code = address.country_code
    row.save()
    return row


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
