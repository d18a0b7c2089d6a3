"""Addresses for whoever watches over processes: does it live, may it be sent visitors?"""

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from marketplace.core import metrics


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nothing else, so that no outage elsewhere gets it killed."""
    return JsonResponse({"state": "live"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """The database answers and has tables; 503 otherwise. A queue or the engine may be away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        has_tables = MigrationRecorder(connection).has_table()
    except DatabaseError:
        return _state(503, "the database does not answer")
    if not has_tables:
        return _state(503, "the database has no tables: run twiza database upgrade")
    return _state(200, "ready")


def _state(status: int, words: str) -> JsonResponse:
    return JsonResponse({"state": words}, status=status, headers={"Cache-Control": "no-store"})


urlpatterns = [
    path("live", live, name="health-live"),
    path("ready", ready, name="health-ready"),
    path("metrics", metrics.show, name="health-metrics"),
]
