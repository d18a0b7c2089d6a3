"""An account claims the orders of a phone that a code has proven."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.orders.buyer_proofs import orders_beside
from marketplace.orders.claim_errors import OrderIsClaimed
from marketplace.orders.models import LookupPurpose, Order, OrderClaim
from marketplace.orders.services.look_up import prove
from vendors.accounts import User


@dataclass(frozen=True)
class Claimed:
    """How many orders the account has now by this phone, and how many others have."""

    own: int
    of_others: int


def claim_orders(*, lookup_id: UUID, code: str, seen_from: str, user: User) -> Claimed:
    """Claim the order of a look-up, and those beside it of the same phone and name.

    Each belongs to the account that proved it first. Done again it changes nothing. Raises
    CodeNotRight, TooSoon, and OrderIsClaimed when the order itself is another account's.
    """
    order = prove(
        lookup_id=lookup_id, code=code, seen_from=seen_from, purpose=LookupPurpose.CLAIM, user=user
    )
    with transaction.atomic():
        # The oldest first, so that two who claim at once wait for each other and not crosswise.
        owners = {row.pk: _claim(row, user) for row in orders_beside(order)}
        if owners[order.pk] != user.pk:
            raise OrderIsClaimed
    own = sum(owner == user.pk for owner in owners.values())
    return Claimed(own, len(owners) - own)


def claim_new_order(*, order: Order, user: User) -> None:
    """Give who is signed in the order that they have just placed with a phone alone.

    Its code has proven the phone; earlier orders of it need a code of their own.
    """
    if order.told_by_phone and order.phone:
        with transaction.atomic():
            _claim(order, user)


def _claim(order: Order, user: User) -> int:
    """Whose it is now."""
    claim, is_new = OrderClaim.objects.get_or_create(
        order=order, defaults={"user": user, "claimed_at": timezone.now()}
    )
    if is_new:
        audit.record("order.claimed", order, by=user.actor)
    return int(claim.user_id)
