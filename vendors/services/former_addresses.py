"""The earlier address of whoever answers for a cooperative's money is still told of changes."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.models import FormerContact, MemberRole, Membership
from vendors.scoping import Crossing


@transaction.atomic
def note_former_address(*, user: User, email: str, by: Actor) -> None:
    """Remember a member's earlier address for each cooperative whose money they answer for.

    Whoever takes an account over changes its address first, and the bank account then.
    """
    memberships = Membership.objects.crossing(Crossing.POLICY).filter(user=user)
    for membership in memberships.exclude(role=MemberRole.SELLER).select_related("cooperative"):
        cooperative = membership.cooperative
        FormerContact.objects.create(
            cooperative=cooperative, email=email, replaced_at=timezone.now()
        )
        audit.record("member.address_changed", cooperative, by=by, user=user.pk)
