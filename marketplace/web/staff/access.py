"""Access to a staff page: the person's role in the programme that the address names."""

from collections.abc import Callable

from marketplace.web.guards import View, guarded
from vendors.permissions import StaffPermission
from vendors.policy import StaffAccess, staff_access

__all__ = ["StaffAccess", "staff_view"]


def staff_view(permission: str) -> Callable[[View], View]:
    """Guard ``view(request, access, **kwargs)`` of an address with ``<slug:programme>``."""
    return guarded(staff_access, "programme", StaffPermission(permission))
