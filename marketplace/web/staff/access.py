"""Access to a staff page: the person's role in the programme that the address names."""

from collections.abc import Callable

from marketplace.core.errors import Forbidden
from marketplace.web.guards import View, guarded
from vendors.permissions import StaffPermission
from vendors.policy import StaffAccess, staff_access

__all__ = ["StaffAccess", "require_whole_programme", "staff_view"]


def staff_view(permission: str) -> Callable[[View], View]:
    """Guard ``view(request, access, **kwargs)`` of an address with ``<slug:programme>``."""
    return guarded(staff_access, "programme", StaffPermission(permission))


def require_whole_programme(access: StaffAccess) -> None:
    """Raise Forbidden for a role in some regions only: some pages cannot be divided by region."""
    if access.scope.region_codes:
        raise Forbidden
