"""The door of every staff page: the person's access to the programme in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from marketplace.web.refusals import refusals_as_http
from vendors.policy import StaffAccess, StaffPermission, staff_access

__all__ = ["StaffAccess", "staff_view"]

StaffView = Callable[..., HttpResponseBase]


def staff_view(permission: str) -> Callable[[StaffView], StaffView]:
    """Wrap ``view(request, access, **kwargs)`` of an address with ``<slug:programme>``.

    Strangers get 404, staff without ``permission`` 403, the anonymous the login page. A
    ``NotFound`` or ``Forbidden`` raised by the view becomes 404 or 403 too. Templates find the
    access as ``request.access``. It stands outermost: who may not enter does not even learn which
    methods a page has.
    """
    needed = StaffPermission(permission)

    def decorate(view: StaffView) -> StaffView:
        @wraps(view)
        def guarded(request: HttpRequest, *, programme: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            with refusals_as_http():
                access = staff_access(request.user, programme, needed)
                request.access = access  # type: ignore[attr-defined]
                return view(request, access, **kwargs)

        guarded.permission = needed  # type: ignore[attr-defined]
        return guarded

    return decorate
