"""Use cases of members of cooperatives."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.errors import AlreadyMember, LastManager
from vendors.models import Cooperative, FormerContact, Invitation, MemberRole, Membership
from vendors.two_persons import introduce, user_id


@transaction.atomic
def add_member(*, cooperative: Cooperative, user: User, role: str, by: Actor) -> Membership:
    """Make a user a member of a cooperative; raises AlreadyMember.

    For an accepted invitation and for operators; pages invite (``invite_member``).
    """
    if Membership.objects.within(cooperative.scope).filter(user=user).exists():
        raise AlreadyMember
    membership = Membership.objects.create(cooperative=cooperative, user=user, role=role)
    introduce(person=user, by=by, is_vouched=False)
    audit.record("member.added", cooperative, by=by, user=user.pk, role=role)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Actor) -> None:
    """End a membership at once, with the invitations that the member made.

    Raises LastManager when a member removes the cooperative's only manager: staff may.
    """
    cooperative = membership.cooperative
    # One at a time: two managers who remove each other at once leave one.
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
    _require_manager_left(membership, by)
    details = {"user": membership.user_id, "role": membership.role}
    now = timezone.now()
    if membership.role != MemberRole.SELLER:
        # Whoever answered for the money is still told when the account changes soon after.
        FormerContact.objects.create(
            cooperative=cooperative, email=membership.user.email, replaced_at=now
        )
    opened = Invitation.objects.opened().filter(cooperative=cooperative)
    own = opened.filter(invited_by=membership.user_id) | opened.filter(
        email__iexact=membership.user.email
    )
    own.exclude(member_role="").update(withdrawn_at=now)
    Membership.objects.within(cooperative.scope).filter(pk=membership.pk).delete()
    audit.record("member.removed", cooperative, by=by, **details)


def _require_manager_left(membership: Membership, by: Actor) -> None:
    members = Membership.objects.within(membership.cooperative.scope)
    if membership.role != MemberRole.MANAGER or not members.filter(user=user_id(by)).exists():
        return
    others = members.filter(role=MemberRole.MANAGER).exclude(pk=membership.pk)
    if not others.exists():
        raise LastManager
