"""Who opens a list of staff: the same door for its page, its saved views and its files."""

from collections.abc import Callable

from marketplace.core.errors import Forbidden
from marketplace.web.guards import View
from marketplace.web.lists.declared import RowList
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from vendors.accounts import User
from vendors.policy import staff_access


def list_view(declared: RowList) -> Callable[[View], View]:
    """Guard the page of a list."""
    guard = programme_view if declared.is_whole else staff_view
    return guard(declared.permission)


def beside_list(declared: RowList) -> Callable[[View], View]:
    """Guard what stands beside a list with the same right; what is sent there moves no money."""
    guard = programme_view if declared.is_whole else staff_view
    return guard(declared.permission, moves_money=False)


def access_to(declared: RowList, user: User, programme: str) -> StaffAccess:
    """What somebody may see of a list now; raises NotFound or Forbidden as its page does."""
    access = staff_access(user, programme, declared.permission)
    if declared.is_whole and not access.scope.is_whole:
        raise Forbidden
    return access
