"""The door of every portal page: the member's access to the cooperative in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from marketplace.web.refusals import refusals_as_http
from vendors.policy import MemberAccess, MemberPermission, member_access

__all__ = ["MemberAccess", "member_view"]

MemberView = Callable[..., HttpResponseBase]


def member_view(permission: str) -> Callable[[MemberView], MemberView]:
    """Wrap ``view(request, access, **kwargs)`` of an address with ``<slug:cooperative>``.

    Strangers get 404, members without ``permission`` 403, the anonymous the login page. A
    ``NotFound`` or ``Forbidden`` raised by the view becomes 404 or 403 too. Templates find the
    access as ``request.access``. It stands outermost: who may not enter does not even learn which
    methods a page has.
    """
    needed = MemberPermission(permission)

    def decorate(view: MemberView) -> MemberView:
        @wraps(view)
        def guarded(request: HttpRequest, *, cooperative: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            with refusals_as_http():
                access = member_access(request.user, cooperative, needed)
                request.access = access  # type: ignore[attr-defined]
                return view(request, access, **kwargs)

        guarded.permission = needed  # type: ignore[attr-defined]
        return guarded

    return decorate
