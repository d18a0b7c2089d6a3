"""The access policy: who may do what, for which cooperative or programme.

Every page of the portal and of staff starts from ``member_access`` or ``staff_access``; the result
carries the scope from which each query must start. Somebody without a role in a cooperative or
programme gets ``NotFound``, as if it did not exist; somebody whose role lacks the permission gets
``Forbidden``. A role counts only for an active account whose current address is proven.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.dated import holds_on
from marketplace.core.days import day_of
from marketplace.core.errors import Forbidden, NotFound
from vendors.accounts import User
from vendors.models import Cooperative, Membership, Programme, StaffGrant, StaffRole
from vendors.permissions import (
    ACTING_PERMISSIONS,
    IN_ITS_NAME,
    MEMBER_PERMISSIONS,
    MONEY_ROLES,
    STAFF_PERMISSIONS,
    WHOLE_PROGRAMME,
    MemberPermission,
    StaffPermission,
)
from vendors.proven_addresses import has_proven_address
from vendors.scoping import CooperativeScope, Crossing, ProgrammeScope


@dataclass(frozen=True)
class MemberAccess:
    """Access to one cooperative's portal: a member's, or an adviser's who acts for it.

    ``role`` is a member's role, or ``adviser``.
    """

    user: User
    cooperative: Cooperative
    role: str

    @property
    def is_acting(self) -> bool:
        """Whether an adviser acts for the cooperative, who is not one of its members."""
        return self.role == StaffRole.ADVISER

    @property
    def permissions(self) -> frozenset[str]:
        """All that the role carries."""
        return ACTING_PERMISSIONS if self.is_acting else MEMBER_PERMISSIONS[self.role]

    @property
    def scope(self) -> CooperativeScope:
        """The scope from which every query of this access starts."""
        return CooperativeScope(self.cooperative.pk)

    @property
    def by(self) -> Actor:
        """Who acts, as a service's ``by``; an adviser for the cooperative."""
        actor = self.user.actor
        return replace(actor, acts_for=str(self.cooperative.pk)) if self.is_acting else actor

    def allows(self, permission: str) -> bool:
        """Whether the role carries a permission."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Check a further permission than the page's own; raises Forbidden."""
        if not self.allows(permission):
            raise Forbidden


@dataclass(frozen=True)
class StaffAccess:
    """A staff member's access to a programme, for one permission.

    ``scope`` covers only the regions (for an adviser, the cooperatives) of grants that carry
    ``permission``: somebody who may see everything and moderates one region can moderate only that
    region.
    """

    user: User
    programme: Programme
    grants: tuple[StaffGrant, ...]
    permission: str

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(grant.role for grant in self.grants)

    @property
    def scope(self) -> ProgrammeScope:
        """The scope from which every query of this access starts."""
        return self.scope_for(self.permission)

    @property
    def by(self) -> Actor:
        """The staff member as a service's ``by``."""
        return self.user.actor

    @property
    def today(self) -> date:
        """The day in the programme's time zone."""
        return day_of(timezone.now(), self.programme.time_zone)

    def allows(self, permission: str) -> bool:
        """Whether one of the person's roles carries a permission, in at least one region."""
        return any(carries(grant, permission) for grant in self.grants)

    def scope_for(self, permission: str) -> ProgrammeScope:
        """The scope of another permission; raises Forbidden without it."""
        carrying = [grant for grant in self.grants if carries(grant, permission)]
        if not carrying:
            raise Forbidden
        regions: set[str] = set()
        advised = {g.cooperative_id for g in carrying if g.cooperative_id is not None}
        for grant in carrying:
            if grant.cooperative_id is None and not grant.region_codes:
                return ProgrammeScope(self.programme.pk)
            regions.update(grant.region_codes)
        return ProgrammeScope(self.programme.pk, tuple(sorted(regions)), tuple(sorted(advised)))


def member_access(user: User | AnonymousUser, slug: str, permission: str) -> MemberAccess:
    """The access to a cooperative's portal; raises NotFound for strangers, Forbidden for the role.

    A member's, else that of an adviser who may act for it today.
    """
    access = _as_member(user, slug) or _as_adviser(user, slug)
    if access is None:
        raise NotFound
    if not access.allows(MemberPermission(permission)):
        raise Forbidden
    return access


def staff_access(
    user: User | AnonymousUser, slug: str, permission: str, *, at: datetime | None = None
) -> StaffAccess:
    """A person's access to a programme; raises NotFound for strangers, Forbidden for the role."""
    grants = grants_in_force(user, slug, at=at)
    if not grants:
        raise NotFound
    access = StaffAccess(grants[0].user, grants[0].programme, grants, StaffPermission(permission))
    if not access.allows(permission):
        raise Forbidden
    return access


def carries(grant: StaffGrant, permission: str) -> bool:
    """Whether a role carries a permission; in a part only, not what is the whole programme's.

    And for a cooperative that has switched off acting, nothing that is done in its name.
    """
    own = grant.cooperative
    if permission in IN_ITS_NAME and own is not None and not own.advisers_may_act:
        return False
    is_part = bool(grant.region_codes) or grant.cooperative_id is not None
    return permission in STAFF_PERMISSIONS[grant.role] and not (
        is_part and permission in WHOLE_PROGRAMME
    )


def counting(grants: Iterable[StaffGrant], at: datetime) -> list[StaffGrant]:
    """Grants in force: confirmed, begun, and with regions where the role needs them."""
    return [grant for grant in grants if _counts(grant, at)]


def _counts(grant: StaffGrant, at: datetime) -> bool:
    if grant.role == StaffRole.REGIONAL and not grant.region_codes:
        return False
    if grant.role == StaffRole.ADVISER and not _advises(grant, at):
        return False
    if grant.role in MONEY_ROLES:
        confirmed = grant.confirmed_by_id not in {None, grant.granted_by_id, grant.user_id}
        is_sure = confirmed or grant.appointed_at is not None
        return is_sure and grant.effective_at is not None and grant.effective_at <= at
    return grant.effective_at is None or grant.effective_at <= at


def _advises(grant: StaffGrant, at: datetime) -> bool:
    """Whether the day is one of an adviser's, in the programme's time zone."""
    day = day_of(at, grant.programme.time_zone)
    if grant.cooperative_id is None or grant.from_on is None:
        return False
    return holds_on(day, grant.from_on, grant.to_on)


def grants_in_force(
    user: User | AnonymousUser, slug: str, *, at: datetime | None = None
) -> tuple[StaffGrant, ...]:
    """A person's roles in a programme that count now, or at a moment."""
    found = _grants(user).filter(programme__slug=slug)
    return tuple(counting(found, at or timezone.now()))


def actor_for(user: User, cooperative: Cooperative) -> Actor:
    """Somebody who may act for a cooperative as ``by``: a member, else its adviser for it."""
    if _memberships(user).filter(cooperative=cooperative).exists():
        return user.actor
    return replace(user.actor, acts_for=str(cooperative.pk))


def cooperatives_of(user: User | AnonymousUser) -> list[Cooperative]:
    """The cooperatives of which a user is a member, by name."""
    return [m.cooperative for m in _memberships(user).order_by("cooperative__legal_name")]


def programmes_of(user: User | AnonymousUser) -> list[Programme]:
    """The programmes in which a user has a role in force today."""
    found = counting(_grants(user).order_by("programme__slug"), timezone.now())
    return list({grant.programme_id: grant.programme for grant in found}.values())


def _as_member(user: User | AnonymousUser, slug: str) -> MemberAccess | None:
    found = _memberships(user).filter(cooperative__slug=slug).first()
    return MemberAccess(found.user, found.cooperative, found.role) if found else None


def _as_adviser(user: User | AnonymousUser, slug: str) -> MemberAccess | None:
    rows = _grants(user).filter(role=StaffRole.ADVISER, cooperative__slug=slug)
    for grant in counting(rows, timezone.now()):
        if grant.cooperative and carries(grant, StaffPermission.COOPERATIVE_ACT):
            return MemberAccess(grant.user, grant.cooperative, StaffRole.ADVISER.value)
    return None


def _memberships(user: User | AnonymousUser) -> models.QuerySet[Membership]:
    return (
        Membership.objects.crossing(Crossing.POLICY)
        .filter(has_proven_address(), user__pk=_active_id(user))
        .select_related("cooperative__programme", "user")
    )


def _grants(user: User | AnonymousUser) -> models.QuerySet[StaffGrant]:
    found = StaffGrant.objects.filter(has_proven_address(), user__pk=_active_id(user))
    return found.select_related("programme", "user", "cooperative__programme")


def _active_id(user: User | AnonymousUser) -> int:
    """The id of an active account, else an id that nobody has."""
    return user.pk if user.is_authenticated and user.is_active else 0
