"""Who opens a list."""

from marketplace.web.lists.declared import RowList
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists.access import access_to
from tests.rules.access_world import AccessWorld
from vendors.permissions import STAFF_PERMISSIONS

IN_PROGRAMME = ("coordinator", "preparer", "approver", "observer")


def who_opens(world: AccessWorld, declared: RowList) -> StaffAccess:
    """The rights of somebody whose role in the whole programme opens a list."""
    for name in IN_PROGRAMME:
        user = world.people[name]
        role = user.staff_grants.get().role
        if declared.permission in STAFF_PERMISSIONS[role]:
            return access_to(declared, user, world.shop.programme.slug)
    raise LookupError(declared.name)
