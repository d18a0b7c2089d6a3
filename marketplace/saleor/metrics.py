"""Metrics of the connection to the engine: webhooks waiting, the last one received, sweeps."""

from collections.abc import Iterator

from django.db.models import Max

from marketplace.core.backlog import measure_backlog
from marketplace.core.metrics import Gauge, queue
from marketplace.saleor.models import InboxMessage, SweepRun


def of_saleor() -> Iterator[Gauge]:
    """Webhooks and sweeps."""
    waiting = InboxMessage.objects.filter(handled_at__isnull=True)
    yield from queue("webhooks", "webhooks", measure_backlog(waiting, since="received_at"))
    last = InboxMessage.objects.aggregate(last=Max("received_at"))["last"]
    yield Gauge(
        "twiza_webhook_last_timestamp_seconds",
        "When the engine last told us something, Unix time; 0 when never",
        last.timestamp() if last else 0,
    )
    ended = SweepRun.objects.filter(finished_at__isnull=False).values("name")
    for row in ended.annotate(last=Max("finished_at")).order_by("name"):
        yield Gauge(
            "twiza_sweep_last_end_timestamp_seconds",
            "When a sweep last ended, Unix time",
            row["last"].timestamp(),
            {"sweep": row["name"]},
        )
