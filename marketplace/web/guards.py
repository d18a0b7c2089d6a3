"""Access to the pages of the portal and of staff, checked before the view runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.market_usage import speaking
from marketplace.web.accounts.second_factor import continue_kept_request
from marketplace.web.digits import in_digits_of
from marketplace.web.kept.sessions import sign_in_first
from marketplace.web.refusals import refusals_as_http
from vendors.models import Programme

View = Callable[..., HttpResponseBase]
# (user, slug, permission) -> the access, or NotFound or Forbidden.
FindAccess = Callable[[Any, str, Any], Any]
# What stands before the view for somebody with access; None where nothing does.
Before = Callable[[HttpRequest], HttpResponse | None]


# long: says all that a page relies on
def guarded(
    find_access: FindAccess,
    argument: str,
    permission: str,
    before: Before | None = None,
    *,
    reach: str = "",
) -> Callable[[View], View]:
    """Wrap ``view(request, access, **kwargs)`` of an address with ``<slug:argument>``.

    Users without a role get 404, those without ``permission`` 403, anonymous ones the login page. A
    ``NotFound`` or ``Forbidden`` raised by the view becomes 404 or 403 too. Templates find the
    access as ``request.access``; hours and days, typed and shown, are the programme's; words and
    digits are those of its country, or of the member's cooperative's. The decorator must be the
    outermost, so that without access not even the allowed methods are revealed. ``reach`` says how
    far a page of staff reaches, for the tests that walk all addresses.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            slug = kwargs.pop(argument)
            if not request.user.is_authenticated:
                return sign_in_first(request)
            with refusals_as_http():
                access = find_access(request.user, slug, permission)
                request.access = access  # type: ignore[attr-defined]
                continue_kept_request(request)
                request.market = market = _market_of(access)  # type: ignore[attr-defined]
                zone = _programme_of(access).time_zone
                with timezone.override(zone), speaking(get_language() or "en", market):
                    if before and (answer := before(request)):
                        return answer
                    return in_digits_of(market, view(request, access, **kwargs))

        checked.permission = permission  # type: ignore[attr-defined]
        checked.reach = reach  # type: ignore[attr-defined]
        return checked

    return decorate


def _market_of(access: Any) -> str:
    """Whose words and digits a page has, as a market's code."""
    cooperative = getattr(access, "cooperative", None)
    return str(cooperative.country_code.lower() if cooperative else _programme_of(access).home)


def _programme_of(access: Any) -> Programme:
    """The programme whose office's clock a page shows: of staff, or of a member's cooperative."""
    programme: Programme = getattr(access, "programme", None) or access.cooperative.programme
    return programme
