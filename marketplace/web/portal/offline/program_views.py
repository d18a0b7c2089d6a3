"""The portal as a program of the phone: its manifest and its service worker."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.ui.app_icons import GROUND
from vendors.queries import profiles_by_id

# As ``theme-color`` in ``ui/base.html``.
THEME = "#2f3d80"
WORKER = "ui/offline-worker.js"
_ICONS = {"ui/icon-192.png": "192x192", "ui/icon-512.png": "512x512"}


@member_view("cooperative:read")
@require_safe
def show_manifest(request: HttpRequest, access: MemberAccess) -> JsonResponse:  # noqa: ARG001
    """How a phone calls the portal of this cooperative among its programs."""
    language = get_language() or "ar"
    home = reverse("portal:today", kwargs={"cooperative": access.cooperative.slug})
    name = profiles_by_id([access.cooperative.pk], language)[access.cooperative.pk].name
    manifest = {
        "name": f"{_('Twiza')}: {name}",
        "short_name": _("Twiza"),
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [
            {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes in _ICONS.items()
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@member_view("cooperative:read")
@require_safe
def show_worker(request: HttpRequest, access: MemberAccess) -> HttpResponse:  # noqa: ARG001
    """The service worker; it is served from here because it may only serve what is below it."""
    path = finders.find(WORKER)
    assert isinstance(path, str)
    with open(path, "rb") as file:  # noqa: PTH123
        response = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    home = reverse("portal:today", kwargs={"cooperative": access.cooperative.slug})
    response.headers["Service-Worker-Allowed"] = home
    return response
