"""Access to a staff page: the person's role in the programme that the address names.

What is the whole programme's and cannot be divided by region is a page of ``programme_view``; what
is the whole shop's one of ``shop_view``.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from marketplace.core.errors import Forbidden
from marketplace.web.accounts.second_factor import staff_factor_asked
from marketplace.web.guards import Before, View, guarded
from vendors.accounts import User
from vendors.permissions import ShopPermission, StaffPermission
from vendors.policy import StaffAccess, staff_access
from vendors.shop_access import ShopAccess, shop_access

__all__ = ["ShopAccess", "StaffAccess", "programme_view", "shop_view", "staff_view"]


# What is sent to a page with one of these permissions asks for a recent code. A page with another
# permission through which money moves says so itself: ``staff_view(…, moves_money=True)``.
MONEY_PERMISSIONS = frozenset(
    {
        StaffPermission.REFUND_MAKE,
        StaffPermission.REFUND_CONFIRM,
        StaffPermission.CASH_LIMIT,
        StaffPermission.PAYOUT_HANDLE,
        StaffPermission.PAYOUT_PREPARE,
        StaffPermission.PAYOUT_APPROVE,
        StaffPermission.BOOKS_KEEP,
        StaffPermission.COMMISSION_SET,
        StaffPermission.VOUCHER_SET,
        StaffPermission.GRANT_MAKE,
        StaffPermission.GRANT_CONFIRM,
        ShopPermission.SHOP_GRANT,
    }
)


def staff_view(permission: str, *, moves_money: bool | None = None) -> Callable[[View], View]:
    """Guard ``view(request, access, **kwargs)`` of an address with ``<slug:programme>``.

    Staff need a second factor. What is sent needs a recent code where the page ``moves_money``: by
    default where its permission is one of ``MONEY_PERMISSIONS``. A page that says False asks for
    the code itself, for instance above an amount only.
    """
    wanted = StaffPermission(permission)
    return guarded(
        staff_access,
        "programme",
        wanted,
        _code_for(wanted, moves_money=moves_money),
        reach="regions",
    )


def programme_view(permission: str, *, moves_money: bool | None = None) -> Callable[[View], View]:
    """The same for a page that shows or changes the whole programme: no role in some regions."""
    wanted = StaffPermission(permission)
    return guarded(
        _whole_programme,
        "programme",
        wanted,
        _code_for(wanted, moves_money=moves_money),
        reach="programme",
    )


def shop_view(permission: str) -> Callable[[View], View]:
    """Guard ``view(request, access: ShopAccess, **kwargs)`` of what is no programme's."""
    wanted = ShopPermission(permission)
    return guarded(shop_access, "programme", wanted, _code_for(wanted), reach="shop")


def _code_for(permission: str, *, moves_money: bool | None = None) -> Before:
    is_needed = permission in MONEY_PERMISSIONS if moves_money is None else moves_money

    def before(request: HttpRequest) -> HttpResponse | None:
        return staff_factor_asked(request, moves_money=is_needed)

    return before


def _whole_programme(user: User | AnonymousUser, slug: str, permission: str) -> StaffAccess:
    access = staff_access(user, slug, permission)
    if not access.scope.is_whole:
        raise Forbidden
    return access
