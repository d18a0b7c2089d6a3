"""Queries on what advisers did in a cooperative's name."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from marketplace.core.models import AuditEntry
from vendors.accounts import User
from vendors.models import Cooperative, Membership, StaffGrant, StaffRole
from vendors.scoping import CooperativeScope


def acts_for(cooperative: Cooperative) -> QuerySet[AuditEntry]:
    """Every act of an adviser in the cooperative's name."""
    return AuditEntry.objects.filter(acts_for=str(cooperative.pk))


def acts_on(cooperative: Cooperative, subjects: Iterable[Model]) -> list[AuditEntry]:
    """Those that concern some objects, the latest first."""
    wanted = Q(pk=None)
    for subject in subjects:
        kind = subject._meta.label_lower  # noqa: SLF001 -- Django's documented API
        wanted |= Q(subject_type=kind, subject_id=str(subject.pk))
    return list(acts_for(cooperative).filter(wanted).order_by("-at", "-pk"))


def belongs_to(cooperative_id: UUID, user_id: int) -> bool:
    """Whether somebody is a member or adviser of a cooperative, or advised it: an own word."""
    members = Membership.objects.within(CooperativeScope(cooperative_id))
    advisers = StaffGrant.objects.filter(cooperative=cooperative_id, role=StaffRole.ADVISER)
    return members.filter(user=user_id).exists() or advisers.filter(user=user_id).exists()


def outsiders_who_advise(cooperative: Cooperative) -> frozenset[int]:
    """The accounts of who advises it or did, without its members."""
    advisers = StaffGrant.objects.filter(cooperative=cooperative, role=StaffRole.ADVISER)
    members = Membership.objects.within(cooperative.scope).values_list("user", flat=True)
    return frozenset(advisers.values_list("user", flat=True)) - frozenset(members)


def addresses_of_advisers(cooperative: Cooperative) -> list[str]:
    """The e-mail addresses of those who advise it or did."""
    grants = StaffGrant.objects.filter(cooperative=cooperative, role=StaffRole.ADVISER)
    return list(User.objects.filter(staff_grants__in=grants).values_list("email", flat=True))
