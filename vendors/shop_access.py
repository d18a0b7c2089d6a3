"""Who may do what belongs to the whole shop: a role above the programmes.

How results are ranked, synonyms, what buyers search for, products of no cooperative and the
service's status are no programme's, and no region's: no role in a programme carries them. Their
pages stand under a programme's address only for its languages and formats.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from marketplace.core.errors import Forbidden, NotFound
from vendors.accounts import User
from vendors.models import Programme, ShopGrant
from vendors.permissions import ShopPermission
from vendors.policy import StaffAccess, grants_in_force
from vendors.proven_addresses import has_proven_address
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class ShopAccess(StaffAccess):
    """Access to a page of the whole shop, at a programme's address.

    ``grants`` are the person's roles in that programme, perhaps none. There is no scope: what
    belongs to the shop cannot be narrowed to one.
    """

    def allows(self, permission: str) -> bool:
        """Whether the shop's role or one of the programme's carries a permission."""
        return permission in ShopPermission.values or super().allows(permission)

    @property
    def programme_scope(self) -> ProgrammeScope:
        """All cooperatives of the programme, to choose one for a product of the shop."""
        return ProgrammeScope(self.programme.pk)


def shop_access(user: User | AnonymousUser, slug: str, permission: str) -> ShopAccess:
    """A person's access to what is the shop's; raises NotFound for strangers, Forbidden for staff.

    ``slug`` is the programme at whose address the page stands.
    """
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None or not isinstance(user, User):
        raise NotFound
    grants = grants_in_force(user, slug)
    if not administers_shop(user):
        raise Forbidden if grants else NotFound
    return ShopAccess(user, programme, grants, ShopPermission(permission))


def shop_grants_in_force(at: datetime | None = None) -> QuerySet[ShopGrant]:
    """Grants that count: first or confirmed by another person, and begun.

    And as for every role, of an active account whose address is proven.
    """
    by_another = Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("granted_by"))
    return ShopGrant.objects.filter(
        has_proven_address(),
        Q(is_first=True) | by_another,
        user__is_active=True,
        effective_at__lte=at or timezone.now(),
    ).select_related("user")


def administers_shop(user: User | AnonymousUser) -> bool:
    """Whether a person has the shop's role now."""
    return user.is_authenticated and shop_grants_in_force().filter(user_id=user.pk).exists()
