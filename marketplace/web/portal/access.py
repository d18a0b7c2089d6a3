"""Access to a portal page: the person's role in the cooperative that the address names."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from marketplace.web.accounts.second_factor import staff_factor_asked
from marketplace.web.guards import View, guarded
from vendors.permissions import MemberPermission
from vendors.policy import MemberAccess, member_access

__all__ = ["MemberAccess", "member_view"]


def member_view(permission: str) -> Callable[[View], View]:
    """Guard ``view(request, access, **kwargs)`` of an address with ``<slug:cooperative>``.

    Of a member, or of an adviser who acts for the cooperative: staff, who give a second factor.
    """
    return guarded(
        member_access, "cooperative", MemberPermission(permission), _factor_of_an_adviser
    )


def _factor_of_an_adviser(request: HttpRequest) -> HttpResponse | None:
    access: MemberAccess = request.access  # type: ignore[attr-defined]
    return staff_factor_asked(request, moves_money=False) if access.is_acting else None
