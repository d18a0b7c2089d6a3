"""Health checks for process supervisors: liveness and readiness."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from marketplace.core import metrics


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Liveness: the process responds. Depends on nothing else, so that no outage restarts it."""
    return JsonResponse({"state": "live"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Readiness: 200 when the database answers and has tables, else 503; the engine may be down."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        has_tables = MigrationRecorder(connection).has_table()
    except DatabaseError:
        return _state(503, "the database does not answer")
    if not has_tables:
        return _state(503, "the database has no tables: run twiza database upgrade")
    return _state(200, "ready")


def _state(status: int, state: str) -> JsonResponse:
    return JsonResponse({"state": state}, status=status, headers={"Cache-Control": "no-store"})


urlpatterns = [
    path("live", live, name="health-live"),
    path("ready", ready, name="health-ready"),
    path("metrics", metrics.show, name="health-metrics"),
]
_PAGES = {f"/health/{pattern.pattern}": pattern.callback for pattern in urlpatterns}


class HealthMiddleware:
    """Answers these addresses before a host name, a session or a language is looked at.

    Whoever asks them is a machine that knows this process by its number only: a host name that is
    refused, a language or a session are none of its business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = _PAGES.get(request.path_info)
        if view is None:
            return self.get_response(request)
        try:
            answer: HttpResponse = view(request)
        except Http404:
            return HttpResponseNotFound()
        return answer
