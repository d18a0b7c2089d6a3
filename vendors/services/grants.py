"""Use cases of roles in a programme: granted by one person, confirmed by another, revoked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from marketplace.core.events import publish
from vendors.accounts import User
from vendors.errors import (
    AlreadyConfirmed,
    LastInOffice,
    NotIndependent,
    NotInOfficeBefore,
    RegionsNeeded,
    SamePersonTwice,
)
from vendors.events import GrantConfirmed, GrantMade
from vendors.in_office import staff_who_may
from vendors.models import Cooperative, Invitation, Programme, StaffGrant, StaffRole
from vendors.permissions import MONEY_ROLES, STAFF_PERMISSIONS, StaffPermission
from vendors.safeguards import safeguard
from vendors.two_persons import are_independent, brought_in, introduce, user_id


# long: what a role needs, the grant, who brought whom in, its audit entry and event
@transaction.atomic
def grant_role(
    *,
    programme: Programme,
    user: User,
    role: str,
    region_codes: Sequence[str] = (),
    cooperative: Cooperative | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    proposed_at: datetime | None = None,
    effective_at: datetime | None = None,
    by: Actor,
) -> StaffGrant:
    """Give a user a role in a programme; one that can lead to money waits for ``confirm_grant``.

    For an accepted invitation and for operators; pages offer roles (``offer_role``). An adviser's
    role is for one cooperative between two days. Granting again replaces the regions and needs a
    new confirmation. With ``effective_at`` an operator's command appoints: no confirmation is
    needed. Raises RegionsNeeded for a regional adviser without regions, Forbidden for a person who
    appoints, LastInOffice.
    """
    if role == StaffRole.REGIONAL and not region_codes:
        raise RegionsNeeded
    if effective_at is not None and by.kind != "system":
        raise Forbidden
    now = timezone.now()
    waits = role in MONEY_ROLES and effective_at is None
    grant, is_new = StaffGrant.objects.update_or_create(
        programme=programme,
        user=user,
        role=StaffRole(role),
        cooperative=cooperative,
        to_on=to_on if cooperative else None,
        defaults={
            "region_codes": list(region_codes),
            "from_on": from_on,
            "granted_by_id": user_id(by),
            "granted_at": proposed_at or now,
            "confirmed_by": None,
            "appointed_at": now if effective_at else None,
            "effective_at": None if waits else effective_at or now,
        },
    )
    if not is_new:
        _require_somebody_left(grant, by)
    introduce(person=user, by=by, is_vouched=role in MONEY_ROLES)
    details = {"user": user.pk, "role": role, "regions": list(region_codes)}
    if cooperative is not None:
        details |= {"cooperative": cooperative.slug, "from": str(from_on), "to": str(to_on or "")}
    if effective_at is not None:
        details["appointed_from"] = effective_at.isoformat()
    audit.record("grant.made", programme, by=by, **details)
    publish(
        GrantMade(
            aggregate_id=programme.pk, programme_id=programme.pk, grant_id=grant.pk, occurred_at=now
        )
    )
    return grant


# long: who may confirm, the day of wait, the audit entry and the event
@transaction.atomic
def confirm_grant(
    *, grant: StaffGrant, by: Actor, effective_at: datetime | None = None
) -> StaffGrant:
    """Confirm a role that can lead to money, by a second person; it starts a day later.

    The second person was in office before the role was proposed. Only an operator's command passes
    ``effective_at``, for anybody's confirmation; no page does. Raises SamePersonTwice when the
    grantee, the granter or a machine confirms; NotIndependent and NotInOfficeBefore;
    AlreadyConfirmed the second time.
    """
    locked = StaffGrant.objects.select_for_update().get(pk=grant.pk)
    confirmer = user_id(by)
    if locked.confirmed_by_id is not None or locked.appointed_at is not None:
        raise AlreadyConfirmed
    if confirmer is None or confirmer in {locked.granted_by_id, locked.user_id}:
        raise SamePersonTwice
    if effective_at is None:
        _require_decider(locked, confirmer)
    now = timezone.now()
    locked.confirmed_by_id = confirmer
    locked.effective_at = effective_at or now + safeguard(
        "money_role_wait", programme=locked.programme.slug
    )
    locked.save(update_fields=["confirmed_by", "effective_at"])
    audit.record(
        "grant.confirmed", locked.programme, by=by, user=locked.user_id, role=locked.role,
        effective_at=locked.effective_at.isoformat(),
    )  # fmt: skip
    publish(
        GrantConfirmed(
            aggregate_id=locked.programme_id,
            programme_id=locked.programme_id,
            grant_id=locked.pk,
            occurred_at=now,
        )
    )
    return locked


@transaction.atomic
def revoke_grant(*, grant: StaffGrant, by: Actor) -> None:
    """End a role at once; an adviser's is kept with its last day.

    What the person proposed can still be confirmed; what they offered and would begin without
    confirmation is withdrawn. Raises LastInOffice when nobody would be left who can confirm roles:
    only an operator may then.
    """
    programme = Programme.objects.select_for_update().get(pk=grant.programme_id)
    details = {"user": grant.user_id, "role": grant.role}
    if grant.role == StaffRole.ADVISER:
        StaffGrant.objects.filter(pk=grant.pk).update(to_on=timezone.localdate())
    else:
        grant.delete()
    _require_somebody_left(grant, by)
    may = {user.pk for user in staff_who_may(StaffPermission.GRANT_MAKE, [programme])}
    _withdraw_offers(grant, is_out=grant.user_id not in may)
    audit.record("grant.revoked", programme, by=by, **details)


def _require_somebody_left(grant: StaffGrant, by: Actor) -> None:
    """Raise LastInOffice if a change of a role left nobody who can confirm roles."""
    if by.kind != "user" or StaffPermission.GRANT_CONFIRM not in STAFF_PERMISSIONS[grant.role]:
        return
    if not staff_who_may(StaffPermission.GRANT_CONFIRM, [grant.programme]):
        raise LastInOffice


def _require_decider(grant: StaffGrant, confirmer: int) -> None:
    """Who confirms was in office when the role was proposed, and did not bring in the proposer."""
    before = staff_who_may(StaffPermission.GRANT_CONFIRM, [grant.programme], at=grant.granted_at)
    now = staff_who_may(StaffPermission.GRANT_CONFIRM, [grant.programme])
    deciders = {user.pk for user in before} & {user.pk for user in now}
    if confirmer not in deciders:
        raise NotInOfficeBefore
    proposer = grant.granted_by_id
    if proposer is None:
        return
    if brought_in(confirmer, proposer):
        raise NotIndependent
    # Whom the proposer brought in decides only where nobody else can: the programme would stand
    # still, and a third person had confirmed them.
    others = deciders - {confirmer, proposer, grant.user_id}
    if brought_in(proposer, confirmer) and any(are_independent(o, proposer) for o in others):
        raise NotIndependent


def _withdraw_offers(grant: StaffGrant, *, is_out: bool) -> None:
    """Offers of the same role to the same person; if they may grant no more, what they offered."""
    opened = Invitation.objects.opened().filter(programme=grant.programme_id)
    now = timezone.now()
    opened.filter(
        email__iexact=grant.user.email, staff_role=grant.role, cooperative=grant.cooperative_id
    ).update(withdrawn_at=now)
    if is_out:
        opened.filter(invited_by=grant.user_id).exclude(staff_role__in=MONEY_ROLES).update(
            withdrawn_at=now
        )
