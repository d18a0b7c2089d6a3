"""Framing of our pages: by the configured Dashboard only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponse]


def framed(view: View) -> Callable[..., HttpResponseBase]:
    """Let the Dashboard at ``TWIZA_DASHBOARD_ORIGIN`` frame the page; nobody where none is set."""
    exempt = xframe_options_exempt(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DASHBOARD_ORIGIN:
            return view(request, *args, **kwargs)
        let_in = csp_replace({"frame-ancestors": [settings.DASHBOARD_ORIGIN]})
        return let_in(exempt)(request, *args, **kwargs)

    return answered


def in_the_dashboards_language(view: View) -> View:
    """Use the language that the Dashboard names (``locale``), if it is one of ours."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.GET.get("locale", "").replace("_", "-").partition("-")[0].lower()
        language = said if said in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = language or ""
            return response

    return answered
