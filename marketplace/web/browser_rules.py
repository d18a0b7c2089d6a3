"""What browsers are told beside a page: what it may use of the machine, and who may keep a copy.

Search engines are told here too what they may not list, which also holds for files and data.

The policies that Django and django-csp have settings for stand in ``settings/security.py``.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from marketplace.core.indexing import NOT_LISTED, may_be_indexed

_NOT_USED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
# Passkeys are the one thing that pages of ours ask of the machine. A photograph is taken by the
# phone's own program, which needs no permission here.
_OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join(
    [*(f"{name}=()" for name in _NOT_USED), *(f"{name}=(self)" for name in _OURS)]
)
# Whoever is signed in or not: these pages are about one person, or one order.
_PRIVATE = ("/accounts/", "/portal/", "/staff/", "/dashboard/", "/demo/", "/payments/")
_PRIVATE_INSIDE = ("/basket/", "/checkout/", "/orders/")
# Nobody looks for these in a search engine.
_OUR_OWN = ("/api/", "/saleor/", "/health/", "/language/", "/amount-reading/", "/ui/")


GetResponse = Callable[[HttpRequest], HttpResponseBase]


class BrowserRulesMiddleware:
    """Permissions-Policy, Cross-Origin-Resource-Policy; Cache-Control where a page says none.

    X-Robots-Tag where a page is not for search engines, or the whole shop is not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cache-Control", _usual_cache(request))
        if not _may_be_listed(request):
            headers["X-Robots-Tag"] = NOT_LISTED
        # Photographs and drawings are for other programs' pages too.
        is_public = headers["Cache-Control"].startswith("public")
        headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_public else "same-origin"
        )
        return response


def _usual_cache(request: HttpRequest) -> str:
    """No copy stays of what is one person's; shop pages are asked for anew by their own reader."""
    is_private = settings.SESSION_COOKIE_NAME in request.COOKIES or _is_about_a_person(request)
    return "private, no-store" if is_private else "private, no-cache"


def _may_be_listed(request: HttpRequest) -> bool:
    is_listed = not (_is_about_a_person(request) or request.path_info.startswith(_OUR_OWN))
    return is_listed and may_be_indexed()


def _is_about_a_person(request: HttpRequest) -> bool:
    path = request.path_info
    return path.startswith(_PRIVATE) or any(inside in path for inside in _PRIVATE_INSIDE)
