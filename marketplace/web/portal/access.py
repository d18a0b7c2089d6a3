"""Access to a portal page: the member's role in the cooperative that the address names."""

from collections.abc import Callable

from marketplace.web.guards import View, guarded
from vendors.permissions import MemberPermission
from vendors.policy import MemberAccess, member_access

__all__ = ["MemberAccess", "member_view"]


def member_view(permission: str) -> Callable[[View], View]:
    """Guard ``view(request, access, **kwargs)`` of an address with ``<slug:cooperative>``."""
    return guarded(member_access, "cooperative", MemberPermission(permission))
