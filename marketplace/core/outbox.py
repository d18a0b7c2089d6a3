"""Delivers domain events to their handlers: at least once, in order for each aggregate."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.core.models import EventDelivery

logger = logging.getLogger(__name__)

RETRY_SECONDS = (1, 5, 30, 120, 600, 3600)

# The oldest waiting delivery of each (handler, aggregate): order holds even after a failure.
NEXT_DELIVERIES = """
    SELECT d.id FROM core_eventdelivery d
    WHERE d.delivered_at IS NULL AND d.next_attempt_at <= %s
      AND NOT EXISTS (
        SELECT 1 FROM core_eventdelivery earlier
        WHERE earlier.handler = d.handler AND earlier.aggregate_key = d.aggregate_key
          AND earlier.delivered_at IS NULL AND earlier.event_id < d.event_id)
    ORDER BY d.event_id LIMIT %s
"""


def deliver_events(*, limit: int = 500) -> int:
    """Hand waiting events to their handlers until none is due; returns how many were delivered."""
    delivered = 0
    while delivered < limit:
        with connection.cursor() as cursor:
            cursor.execute(NEXT_DELIVERIES, [timezone.now(), limit - delivered])
            batch = [row[0] for row in cursor.fetchall()]
        progress = sum(_deliver(delivery_id) for delivery_id in batch)
        delivered += progress
        if not progress:
            break
    return delivered


def _deliver(delivery_id: int) -> bool:
    """One event to one handler, in one transaction with the note that it was delivered."""
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
