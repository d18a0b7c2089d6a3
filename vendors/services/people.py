"""Use cases of members of cooperatives and staff of programmes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.errors import AlreadyConfirmed, AlreadyMember, RegionsNeeded, SamePersonTwice
from vendors.models import (
    Cooperative,
    FormerContact,
    MemberRole,
    Membership,
    Programme,
    StaffGrant,
    StaffRole,
)
from vendors.permissions import MONEY_ROLES
from vendors.safeguards import safeguard


def user_id(by: Actor) -> int | None:
    """The account behind an actor; None for machines and buyers."""
    return int(by.id) if by.kind == "user" else None


@transaction.atomic
def open_account(
    *, email: str, name: str, language: str = "ar", password: str | None = None, by: Actor
) -> User:
    """The account of an e-mail address, created if there is none.

    Without a password the person sets one through the mail that resets it.
    """
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    user = User.objects.create_user(email, password, name=name, language=language)
    audit.record("account.opened", user, by=by)
    return user


@transaction.atomic
def add_member(*, cooperative: Cooperative, user: User, role: str, by: Actor) -> Membership:
    """Make a user a member of a cooperative; raises AlreadyMember."""
    if Membership.objects.within(cooperative.scope).filter(user=user).exists():
        raise AlreadyMember
    membership = Membership.objects.create(cooperative=cooperative, user=user, role=role)
    audit.record("member.added", cooperative, by=by, user=user.pk, role=role)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Actor) -> None:
    """End a membership at once."""
    cooperative = membership.cooperative
    details = {"user": membership.user_id, "role": membership.role}
    if membership.role != MemberRole.SELLER:
        # Whoever answered for the money is still told when the account changes soon after.
        FormerContact.objects.create(
            cooperative=cooperative, email=membership.user.email, replaced_at=timezone.now()
        )
    Membership.objects.within(cooperative.scope).filter(pk=membership.pk).delete()
    audit.record("member.removed", cooperative, by=by, **details)


@transaction.atomic
def grant_role(
    *,
    programme: Programme,
    user: User,
    role: str,
    region_codes: Sequence[str] = (),
    by: Actor,
) -> StaffGrant:
    """Give a user a role in a programme; one that moves money waits for ``confirm_grant``.

    Granting again replaces the regions and needs a new confirmation. Raises RegionsNeeded for a
    regional adviser without regions.
    """
    if role == StaffRole.REGIONAL and not region_codes:
        raise RegionsNeeded
    grant, _created = StaffGrant.objects.update_or_create(
        programme=programme,
        user=user,
        role=StaffRole(role),
        defaults={
            "region_codes": list(region_codes),
            "granted_by_id": user_id(by),
            "confirmed_by": None,
            "effective_at": None if role in MONEY_ROLES else timezone.now(),
        },
    )
    details = {"user": user.pk, "role": role, "regions": list(region_codes)}
    audit.record("grant.made", programme, by=by, **details)
    return grant


@transaction.atomic
def confirm_grant(
    *, grant: StaffGrant, by: Actor, effective_at: datetime | None = None
) -> StaffGrant:
    """Confirm a role that moves money, by a second person; it starts a day later.

    Only an operator's command passes ``effective_at``; no page does. Raises SamePersonTwice when
    the grantee, the granter or a machine confirms; AlreadyConfirmed the second time.
    """
    locked = StaffGrant.objects.select_for_update().get(pk=grant.pk)
    confirmer = user_id(by)
    if locked.confirmed_by_id is not None:
        raise AlreadyConfirmed
    if confirmer in {None, locked.granted_by_id, locked.user_id}:
        raise SamePersonTwice
    locked.confirmed_by_id = confirmer
    locked.effective_at = effective_at or timezone.now() + safeguard(
        "money_role_wait", programme=locked.programme.slug
    )
    locked.save(update_fields=["confirmed_by", "effective_at"])
    details = {"user": locked.user_id, "role": locked.role}
    audit.record(
        "grant.confirmed",
        locked.programme,
        by=by,
        effective_at=locked.effective_at.isoformat(),
        **details,
    )
    return locked


@transaction.atomic
def revoke_grant(*, grant: StaffGrant, by: Actor) -> None:
    """Revoke a role at once."""
    details = {"user": grant.user_id, "role": grant.role}
    programme = grant.programme
    grant.delete()
    audit.record("grant.revoked", programme, by=by, **details)
