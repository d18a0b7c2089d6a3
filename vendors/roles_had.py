"""Whether an account has, had or was offered a role: then what was done with it names it."""

from vendors.accounts import User
from vendors.models import Invitation, Membership, ShopGrant, StaffGrant
from vendors.scoping import Crossing


def had_a_role(user: User) -> bool:
    """Whether the account is or was more than a buyer's."""
    roles = (
        Membership.objects.crossing(Crossing.POLICY).filter(user=user),
        StaffGrant.objects.filter(user=user),
        ShopGrant.objects.filter(user=user),
        Invitation.objects.filter(accepted_by=user),
    )
    return any(rows.exists() for rows in roles)
