"""Access to what a person asked for: only that person, as long as there is a role here at all."""

from functools import partial

from django.contrib.auth.models import AnonymousUser

from marketplace.core.errors import NotFound
from marketplace.web.accounts.second_factor import staff_factor_asked
from marketplace.web.guards import View, guarded
from marketplace.web.staff.access import ShopAccess, StaffAccess
from vendors.accounts import User
from vendors.models import Programme
from vendors.policy import grants_in_force
from vendors.shop_access import administers_shop

# No permission of a role: what one asked for oneself.
OWN = "own"


def own_view(view: View) -> View:
    """Guard ``view(request, access, **kwargs)`` for staff of the programme or of the shop.

    The view finds only jobs of that person's; what they hold needs the right of each, too.
    """
    before = partial(staff_factor_asked, moves_money=False)
    return guarded(_any_role, "programme", OWN, before, reach=OWN)(view)


def _any_role(user: User | AnonymousUser, slug: str, permission: str) -> StaffAccess:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None or not isinstance(user, User):
        raise NotFound
    grants = grants_in_force(user, slug)
    if administers_shop(user):
        return ShopAccess(user, programme, grants, permission)
    if not grants:
        raise NotFound
    return StaffAccess(user, programme, grants, permission)
