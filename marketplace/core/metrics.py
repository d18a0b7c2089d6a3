"""Metrics for Prometheus, protected by a token.

They are read from the database on each request, so they are the same from every process. Metrics of
a single process (requests, their time) are counted by the proxy in front of it.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector, CollectorRegistry

from marketplace.core.backlog import Backlog, measure_backlog
from marketplace.core.models import EventDelivery, JobRun
from marketplace.core.queue_backlogs import backlogs


@dataclass(frozen=True)
class Gauge:
    """A value that may rise and fall; ``help`` says its unit."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Source = Callable[[], Iterable[Gauge]]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All gauges of this deployment; 404 without TWIZA_METRICS_TOKEN, or for another token."""
    token: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    sources: Sequence[str] = import_string(settings.METRICS)
    gauges = [gauge for path in sources for gauge in import_string(path)()]
    return HttpResponse(
        exposition(gauges),
        content_type=CONTENT_TYPE_PLAIN_0_0_4,
        headers={"Cache-Control": "no-store"},
    )


def exposition(gauges: Iterable[Gauge]) -> bytes:
    """The text that Prometheus reads; gauges of one name stand together, described once."""
    registry = CollectorRegistry()
    registry.register(_Collected(gauges))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._families: dict[str, Metric] = {}
        for gauge in gauges:
            family = self._families.setdefault(gauge.name, Metric(gauge.name, gauge.help, "gauge"))
            family.add_sample(gauge.name, gauge.labels, gauge.value)

    def collect(self) -> Iterable[Metric]:
        return self._families.values()


def queue(name: str, what: str, backlog: Backlog, **labels: str) -> Iterator[Gauge]:
    """A queue's length, and the age of its oldest row in seconds."""
    yield Gauge(f"twiza_{name}_waiting", f"{what} that wait", backlog.count, labels)
    age = (timezone.now() - backlog.oldest).total_seconds() if backlog.oldest else 0.0
    oldest = f"Age of the oldest of the {what} that wait"
    yield Gauge(f"twiza_{name}_oldest_seconds", oldest, age, labels)


def of_core() -> Iterator[Gauge]:
    """Waiting domain events, each job's last success, the last heartbeat of a worker."""
    waiting = EventDelivery.objects.filter(delivered_at__isnull=True)
    backlog = measure_backlog(waiting, since="event__recorded_at")
    yield from queue("events", "domain events", backlog)
    for name, waiting_there in backlogs().items():
        yield from queue("queue", "events and jobs of a queue", waiting_there, queue=name.value)
    for run in JobRun.objects.filter(succeeded_at__isnull=False).order_by("name"):
        assert run.succeeded_at is not None
        yield Gauge(
            "twiza_job_last_success_timestamp_seconds",
            "When a scheduled job last succeeded, Unix time",
            run.succeeded_at.timestamp(),
            {"job": run.name},
        )
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    yield Gauge(
        "twiza_worker_last_sign_timestamp_seconds",
        "The last heartbeat of a worker, Unix time; 0 when none is known",
        last.timestamp() if last else 0,
    )
