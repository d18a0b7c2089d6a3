"""Queries on members, advisers, staff and the roles that were offered to them."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from marketplace.core.errors import NotFound
from vendors.models import Cooperative, FactorReset, Invitation, Membership, Programme, StaffGrant
from vendors.permissions import MONEY_ROLES
from vendors.safeguards import safeguard
from vendors.scoping import ScopedQuerySet

Row = TypeVar("Row", bound=Model)


def members_of(cooperative: Cooperative) -> list[Membership]:
    """The members with an account, in the order in which they joined."""
    return list(_members(cooperative).order_by("created_at", "pk"))


def find_member(cooperative: Cooperative, membership_id: int) -> Membership:
    """One of the members; raises NotFound."""
    found: Membership = _one(_members(cooperative), membership_id)
    return found


def is_settled_member(cooperative: Cooperative, user_id: int) -> bool:
    """Whether somebody has long joined, and has no role of staff that can lead to money.

    Such a member acts for the cooperative alone. How long is ``money_role_wait``.
    """
    programme = cooperative.programme
    roles = StaffGrant.objects.filter(user=user_id, programme=programme, role__in=MONEY_ROLES)
    long_ago = timezone.now() - safeguard("money_role_wait", programme=programme.slug)
    joined = Membership.objects.within(cooperative.scope).filter(
        user=user_id, created_at__lte=long_ago
    )
    return joined.exists() and not roles.exists()


def invitations_of(cooperative: Cooperative) -> list[Invitation]:
    """The open invitations to be a member, also expired ones."""
    return list(_invitations(cooperative).order_by("invited_at"))


def find_invitation_of(cooperative: Cooperative, invitation_id: UUID) -> Invitation:
    """One of the open invitations; raises NotFound."""
    return _one(_invitations(cooperative), invitation_id)


def advisers_of(cooperative: Cooperative) -> list[StaffGrant]:
    """Advisers now and later, and those whose last day has passed, latest first."""
    return list(_advisers(cooperative).order_by("-from_on", "pk"))


def find_adviser(cooperative: Cooperative, adviser_id: int) -> StaffGrant:
    """One of the advisers, by the grant; raises NotFound."""
    return _one(_advisers(cooperative), adviser_id)


def adviser_offers_of(cooperative: Cooperative) -> list[Invitation]:
    """The open offers to be an adviser, also expired ones."""
    found = _offers(cooperative.programme).filter(cooperative=cooperative)
    return list(found.order_by("invited_at"))


def current_advisers(cooperative: Cooperative) -> list[StaffGrant]:
    """The advisers of today."""
    day = timezone.localdate()
    return [
        grant
        for grant in advisers_of(cooperative)
        if grant.from_on and grant.from_on <= day and (grant.to_on is None or day < grant.to_on)
    ]


def grants_in(programme: Programme) -> QuerySet[StaffGrant]:
    """All roles in a programme, for a list; of advisers those that have not ended."""
    return _grants(programme)


def find_grant(programme: Programme, grant_id: int) -> StaffGrant:
    """One of these roles; raises NotFound."""
    return _one(_grants(programme), grant_id)


def grants_to_confirm(programme: Programme) -> int:
    """How many roles in a programme wait for their second person."""
    waiting = StaffGrant.objects.filter(programme=programme, role__in=MONEY_ROLES)
    return waiting.filter(confirmed_by__isnull=True, appointed_at__isnull=True).count()


def factor_resets_in(programme: Programme) -> list[FactorReset]:
    """Proposed resets of colleagues' second factors that wait, also expired ones."""
    found = FactorReset.objects.opened().filter(programme=programme)
    return list(found.select_related("user", "proposed_by").order_by("proposed_at"))


def find_factor_reset(programme: Programme, reset_id: UUID) -> FactorReset:
    """One of a programme's, also one that was decided: who decides again is told so."""
    return _one(FactorReset.objects.filter(programme=programme), reset_id)


def offers_in(programme: Programme) -> list[Invitation]:
    """The open offers of roles in a programme, also expired ones."""
    return list(_offers(programme).order_by("invited_at"))


def find_offer(programme: Programme, offer_id: UUID) -> Invitation:
    """One of the open offers; raises NotFound."""
    return _one(_offers(programme), offer_id)


def _members(cooperative: Cooperative) -> ScopedQuerySet:
    return Membership.objects.within(cooperative.scope).select_related("user", "cooperative")


def _advisers(cooperative: Cooperative) -> QuerySet[StaffGrant]:
    return StaffGrant.objects.filter(cooperative=cooperative).select_related("user", "programme")


def _grants(programme: Programme) -> QuerySet[StaffGrant]:
    ended = Q(to_on__isnull=False, to_on__lte=timezone.localdate())
    found = StaffGrant.objects.filter(programme=programme).exclude(ended)
    return found.select_related("user", "granted_by", "confirmed_by", "cooperative", "programme")


def _invitations(cooperative: Cooperative) -> QuerySet[Invitation]:
    return _opened().filter(cooperative=cooperative, staff_role="")


def _offers(programme: Programme) -> QuerySet[Invitation]:
    return _opened().filter(programme=programme).exclude(staff_role="")


def _opened() -> QuerySet[Invitation]:
    return Invitation.objects.opened().select_related("invited_by", "cooperative", "programme")


def _one(rows: QuerySet[Row], pk: int | UUID) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
