"""Who may put our pages into a frame: the configured Dashboard, and these pages only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Let the Dashboard at ``TWIZA_DASHBOARD_ORIGIN`` frame the page; nobody where none is set."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if settings.DASHBOARD_ORIGIN:
            response._csp_replace = {"frame-ancestors": [settings.DASHBOARD_ORIGIN]}  # type: ignore[attr-defined]  # noqa: SLF001 -- what csp_replace sets
            response.xframe_options_exempt = True  # type: ignore[attr-defined]
        return response

    return answered


def in_the_dashboards_language(view: View) -> View:
    """Answer in the language that the Dashboard names (``locale``), if it is one of ours."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.GET.get("locale", "").replace("_", "-").partition("-")[0].lower()
        language = said if said in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = language or ""
            return response

    return answered
