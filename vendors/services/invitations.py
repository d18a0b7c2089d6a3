"""Use cases of invitations: a role is offered to the owner of an address, sent again, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from vendors.errors import (
    AdviserDates,
    AlreadyMember,
    InvitationNotValid,
    RegionsNeeded,
)
from vendors.events import InvitationMade
from vendors.models import Cooperative, Invitation, Membership, Programme, StaffRole
from vendors.safeguards import safeguard
from vendors.services.accounts import owner_of
from vendors.two_persons import user_id


@dataclass(frozen=True)
class Invited:
    """Who is invited, and the language of their mail."""

    email: str
    name: str
    language: str


@transaction.atomic
def invite_member(
    *, cooperative: Cooperative, invited: Invited, role: str, by: Actor, is_told: bool = True
) -> Invitation:
    """Offer a role in a cooperative; an earlier offer to the same address is withdrawn.

    It is told by a mail with the link, unless its owner has just proven the address and goes on at
    once (``is_told`` False). Raises AlreadyMember.
    """
    members = Membership.objects.within(cooperative.scope)
    owner = owner_of(invited.email)
    if owner is not None and members.filter(user=owner).exists():
        raise AlreadyMember
    return _invite(
        cooperative.programme, invited, by, is_told, cooperative=cooperative, member_role=role
    )


@transaction.atomic
def offer_role(
    *,
    programme: Programme,
    invited: Invited,
    role: str,
    region_codes: Sequence[str] = (),
    by: Actor,
) -> Invitation:
    """Offer a role in a programme. Raises RegionsNeeded for a regional adviser without regions."""
    if role == StaffRole.REGIONAL and not region_codes:
        raise RegionsNeeded
    return _invite(
        programme, invited, by, staff_role=StaffRole(role), region_codes=list(region_codes)
    )


@transaction.atomic
def offer_adviser_role(
    *,
    cooperative: Cooperative,
    invited: Invited,
    from_on: date,
    to_on: date | None = None,
    by: Actor,
) -> Invitation:
    """Offer the role of a cooperative's adviser, from a day until the day before ``to_on``.

    Raises AdviserDates.
    """
    if to_on is not None and to_on <= from_on:
        raise AdviserDates
    return _invite(
        cooperative.programme,
        invited,
        by,
        cooperative=cooperative,
        staff_role=StaffRole.ADVISER,
        from_on=from_on,
        to_on=to_on,
    )


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Actor) -> Invitation:
    """Send a new link, valid for the whole period again; the earlier link opens nothing.

    Raises InvitationNotValid once it is accepted or withdrawn.
    """
    locked = Invitation.objects.opened().select_for_update().filter(pk=invitation.pk).first()
    if locked is None:
        raise InvitationNotValid
    locked.token_hash, locked.expires_at = None, _expiry(locked.programme)
    locked.save(update_fields=["token_hash", "expires_at"])
    record("invitation.sent_again", locked, by)
    _publish(locked, is_again=True)
    return locked


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Make the link worthless; nothing happens if it was accepted or withdrawn before."""
    if Invitation.objects.opened().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        record("invitation.withdrawn", invitation, by)


def _invite(
    programme: Programme,
    invited: Invited,
    by: Actor,
    is_told: bool = True,  # noqa: FBT001, FBT002 -- private
    **offer: object,
) -> Invitation:
    # One offer at a time, so that two clicks leave one open.
    Programme.objects.select_for_update().get(pk=programme.pk)
    address, now = invited.email.strip().lower(), timezone.now()
    same = {key: offer[key] for key in ("cooperative", "staff_role") if offer.get(key)}
    if "member_role" in offer:
        same["staff_role"] = ""
    earlier = Invitation.objects.opened().filter(programme=programme, email=address, **same)
    earlier.update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        email=address,
        name=invited.name,
        language=invited.language,
        programme=programme,
        invited_by_id=user_id(by),
        invited_at=now,
        expires_at=_expiry(programme),
        **offer,
    )
    record("invitation.made", invitation, by)
    if is_told:
        _publish(invitation)
    return invitation


def _expiry(programme: Programme) -> datetime:
    return timezone.now() + safeguard("invitation", programme=programme.slug)


def record(action: str, invitation: Invitation, by: Actor) -> None:
    """An audit entry of an invitation, at its cooperative or else its programme."""
    role = invitation.member_role or invitation.staff_role
    details = {"invitation": str(invitation.pk), "email": invitation.email, "role": role}
    audit.record(action, invitation.cooperative or invitation.programme, by=by, **details)


def _publish(invitation: Invitation, *, is_again: bool = False) -> None:
    publish(
        InvitationMade(
            aggregate_id=invitation.programme_id,
            programme_id=invitation.programme_id,
            invitation_id=invitation.pk,
            is_again=is_again,
            occurred_at=timezone.now(),
        )
    )
