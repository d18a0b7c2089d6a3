"""Delivery of domain events to their handlers: at least once, in order for each aggregate."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from opentelemetry.trace import SpanKind

from marketplace.core.logs import known_as
from marketplace.core.models import EventDelivery
from marketplace.core.queues import Queue, paths_in, paths_of_others
from marketplace.core.tracing import span

logger = logging.getLogger(__name__)

RETRY_SECONDS = (1, 5, 30, 120, 600, 3600)

# The oldest waiting delivery of each (handler, aggregate): order holds even after a failure.
# Handlers are those named, or all but those named. A first attempt is due whatever the clock said
# when it was written: it may have been put back since.
NEXT_DELIVERIES = """
    SELECT d.id, d.handler FROM core_eventdelivery d
    WHERE d.delivered_at IS NULL AND (d.next_attempt_at <= %(now)s OR d.attempts = 0)
      AND (d.handler = ANY(%(named)s)) = %(of_named)s
      AND NOT EXISTS (
        SELECT 1 FROM core_eventdelivery earlier
        WHERE earlier.handler = d.handler AND earlier.aggregate_key = d.aggregate_key
          AND earlier.delivered_at IS NULL AND earlier.event_id < d.event_id)
    ORDER BY d.event_id LIMIT %(limit)s
"""


# The number of events that a handler of several gets in one transaction.
BATCH = 100

Payload = dict[str, Any]
Handler = Callable[[Payload], None]
BatchHandler = Callable[[Sequence[Payload]], Iterable[int]]


def in_batches(together: BatchHandler) -> Callable[[Handler], Handler]:
    """Let a handler process events of several aggregates in one transaction.

    ``together`` gets their payloads, all or none of which count; it returns the indexes of those
    left to the handler itself, each in a transaction of its own. When it raises, all are left to
    the handler. It may write to our database only: other effects would be repeated.
    """

    def mark(handler: Handler) -> Handler:
        handler.together = together  # type: ignore[attr-defined]
        return handler

    return mark


def deliver_events(*, queue: Queue | None = None, limit: int = 500) -> int:
    """Deliver waiting events to the handlers of a queue, or of all, until none is due.

    Returns how many were delivered. A handler is of one queue, so that the order of what it is told
    of an aggregate does not depend on how many work on it.
    """
    delivered = 0
    while delivered < limit:
        waiting: dict[str, list[int]] = {}
        wanted = _handlers_in(queue) | {"now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(NEXT_DELIVERIES, wanted | {"limit": limit - delivered})
            for delivery_id, path in cursor.fetchall():
                waiting.setdefault(path, []).append(delivery_id)
        progress = sum(_deliver_to(path, found) for path, found in waiting.items())
        delivered += progress
        if not progress:
            break
    return delivered


def _handlers_in(queue: Queue | None) -> dict[str, Any]:
    """Parameters of ``NEXT_DELIVERIES``: the last queue has all that the others have not."""
    if queue is None:
        return {"named": [], "of_named": False}
    if queue == Queue.BULK:
        return {"named": paths_of_others(queue), "of_named": False}
    return {"named": paths_in(queue), "of_named": True}


def waiting_deliveries(queue: Queue) -> QuerySet[EventDelivery]:
    """Deliveries that wait in a queue."""
    rows = EventDelivery.objects.filter(delivered_at__isnull=True)
    if queue == Queue.BULK:
        return rows.exclude(handler__in=paths_of_others(queue))
    return rows.filter(handler__in=paths_in(queue))


def _deliver_to(path: str, waiting: list[int]) -> int:
    """Events of different aggregates to one handler."""
    together: BatchHandler | None = getattr(import_string(path), "together", None)
    if together is None:
        return sum(_deliver(delivery_id) for delivery_id in waiting)
    return sum(
        _deliver_together(together, waiting[first : first + BATCH])
        for first in range(0, len(waiting), BATCH)
    )


def _deliver_together(together: BatchHandler, waiting: list[int]) -> int:
    alone: list[int] = []
    try:
        with transaction.atomic():
            deliveries = list(
                EventDelivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("event")
                .filter(pk__in=waiting, delivered_at__isnull=True)
                .order_by("event_id")
            )
            left = _hand_over(together, deliveries) if deliveries else set()
            alone = [d.pk for place, d in enumerate(deliveries) if place in left]
            done = [d.pk for place, d in enumerate(deliveries) if place not in left]
            EventDelivery.objects.filter(pk__in=done).update(
                delivered_at=timezone.now(), attempts=F("attempts") + 1, last_error=""
            )
    except Exception as error:  # noqa: BLE001 -- each for itself tells which of them it is
        logger.info("A batch of %s events is delivered one by one: %s", len(waiting), error)
        done, alone = [], waiting
    return len(done) + sum(_deliver(delivery_id) for delivery_id in alone)


def _hand_over(together: BatchHandler, deliveries: Sequence[EventDelivery]) -> set[int]:
    with _caused_by(deliveries):
        return set(together([d.event.payload for d in deliveries]))


@contextmanager
def _caused_by(deliveries: Sequence[EventDelivery]) -> Iterator[None]:
    """Tie what a handler does and logs to the event, and to the trace that published it."""
    last = deliveries[-1]
    with (
        known_as(f"event-{last.event_id}"),
        span(
            f"event {last.event.name}",
            kind=SpanKind.CONSUMER,
            causes=list(dict.fromkeys(d.event.traceparent for d in deliveries)),
            code__function__name=last.handler,
            messaging__batch__message_count=len(deliveries),
        ),
    ):
        yield


def _deliver(delivery_id: int) -> bool:
    """Deliver one event to one handler, in one transaction with the record of its delivery."""
    try:
        with transaction.atomic():
            delivery = (
                EventDelivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("event")
                .filter(pk=delivery_id, delivered_at__isnull=True)
                .first()
            )
            if delivery is None:
                return False
            with _caused_by([delivery]):
                import_string(delivery.handler)(delivery.event.payload)
            delivery.delivered_at = timezone.now()
            delivery.attempts += 1
            delivery.last_error = ""
            delivery.save(update_fields=["delivered_at", "attempts", "last_error"])
    except Exception as error:
        logger.exception("Handler failed for delivery %s", delivery_id)
        _postpone(delivery_id, error)
        return False
    return True


def _postpone(delivery_id: int, error: Exception) -> None:
    delivery = EventDelivery.objects.get(pk=delivery_id)
    wait = RETRY_SECONDS[min(delivery.attempts, len(RETRY_SECONDS) - 1)]
    delivery.attempts += 1
    delivery.next_attempt_at = timezone.now() + timedelta(seconds=wait)
    delivery.last_error = f"{type(error).__name__}: {error}"[:2000]
    delivery.save(update_fields=["attempts", "next_attempt_at", "last_error"])
