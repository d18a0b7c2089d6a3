"""Access to the pages of the portal and of staff, checked before the view runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from marketplace.web.refusals import refusals_as_http

View = Callable[..., HttpResponseBase]
# (user, slug, permission) -> the access, or NotFound or Forbidden.
FindAccess = Callable[[Any, str, Any], Any]


def guarded(find_access: FindAccess, argument: str, permission: str) -> Callable[[View], View]:
    """Wrap ``view(request, access, **kwargs)`` of an address with ``<slug:argument>``.

    Users without a role get 404, those without ``permission`` 403, anonymous ones the login page. A
    ``NotFound`` or ``Forbidden`` raised by the view becomes 404 or 403 too. Templates find the
    access as ``request.access``. The decorator must be the outermost, so that without access not
    even the allowed methods are revealed.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            slug = kwargs.pop(argument)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            with refusals_as_http():
                access = find_access(request.user, slug, permission)
                request.access = access  # type: ignore[attr-defined]
                return view(request, access, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate
