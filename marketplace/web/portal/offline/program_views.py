"""The portal as a program of the phone: its manifest and its service worker."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.ui.web_manifest import web_manifest
from vendors.queries import profiles_by_id

WORKER = "ui/offline-worker.js"


@member_view("cooperative:read")
@require_safe
def show_manifest(request: HttpRequest, access: MemberAccess) -> JsonResponse:  # noqa: ARG001
    """How a phone calls the portal of this cooperative among its programs."""
    language = get_language() or "ar"
    home = reverse("portal:today", kwargs={"cooperative": access.cooperative.slug})
    name = profiles_by_id([access.cooperative.pk], language)[access.cooperative.pk].name
    return web_manifest(
        name=name,
        language=language,
        identity=home,
        start=home,
        scope=home,
    )


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
