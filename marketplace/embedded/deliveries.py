"""Delivering asynchronous webhooks: claimed in a transaction, sent outside of any, recorded."""

import random
import time
from datetime import datetime, timedelta

import httpx
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.embedded import fault_injection
from marketplace.embedded.models import EventDelivery
from marketplace.embedded.request_cache import use_cache
from marketplace.embedded.unit_of_work import ENGINE_ALIAS
from marketplace.embedded.webhooks.sending import post

# After a 5xx or a refused connection: attempts at 0, 10, 30, 70, 150, 310 s, then FAILED.
RETRY_AFTER_SECONDS = (10, 20, 40, 80, 160)
# After this time a claimed delivery is taken again, because its worker must have died.
LEASE = timedelta(seconds=60)
# How many deliveries are claimed at once.
CLAIM = 20
KEPT_FOR = timedelta(days=7)


def deliver_pending(*, limit: int = 200, now: datetime | None = None) -> int:
    """Send up to `limit` due webhooks in the order of their ids; return how many were sent.

    Several workers may run at once. A delivery whose worker dies is sent again a minute later.
    """
    sent = 0
    # The shop's domain and its key, which every request needs, are loaded once.
    with use_cache({}):
        while sent < limit:
            found = _claim(now or timezone.now(), min(CLAIM, limit - sent))
            if not found:
                break
            claimed = time.monotonic()
            for delivery in found:
                if time.monotonic() - claimed > LEASE.total_seconds() / 2:
                    return sent  # The rest of the claim is taken again after its lease.
                _attempt(delivery, now)
                if fault_injection.is_injected("doubled"):
                    _send(delivery)
                sent += 1
    return sent


def forget_sent(*, now: datetime | None = None) -> int:
    """Delete deliveries that ended more than a week ago; return how many."""
    before = (now or timezone.now()) - KEPT_FOR
    ended = EventDelivery.objects.filter(created_at__lt=before).exclude(status="PENDING")
    return ended.delete()[0]


def _claim(now: datetime, most: int) -> list[EventDelivery]:
    with transaction.atomic(using=ENGINE_ALIAS):
        # One that was not tried yet is claimed for less than two leases, by whichever worker's
        # clock, or was written by a clock that was put back since.
        is_due = Q(due_at__lte=now) | Q(attempts=0, due_at__gt=now + 2 * LEASE)
        due = EventDelivery.objects.filter(is_due, status="PENDING")
        due = due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        if fault_injection.is_injected("reordered"):
            due = due.order_by("-pk") if random.random() < 0.5 else due.order_by("?")  # noqa: S311, PLR2004
        found = list(due.select_related("webhook")[:most])
        EventDelivery.objects.filter(pk__in=[delivery.pk for delivery in found]).update(
            due_at=now + LEASE
        )
    return found


def _send(delivery: EventDelivery) -> httpx.Response | None:
    body = bytes(delivery.payload)
    if delivery.attempts > 1 and fault_injection.is_injected("empty_retried_body"):
        body = b""
    webhook = delivery.webhook
    try:
        return post(webhook.target_url, delivery.event_type, body, webhook.custom_headers)
    except httpx.HTTPError:
        return None


def _attempt(delivery: EventDelivery, now: datetime | None) -> None:
    delivery.attempts += 1
    response = _send(delivery)
    delivery.response_status = response.status_code if response is not None else None
    delivery.response_body = response.text[:1000] if response is not None else "unreachable"
    retriable = response is None or response.is_server_error
    if response is not None and response.is_success:
        delivery.status = "SUCCESS"
    elif not retriable or delivery.attempts > len(RETRY_AFTER_SECONDS):
        delivery.status = "FAILED"
    else:
        wait = RETRY_AFTER_SECONDS[delivery.attempts - 1]
        delivery.due_at = (now or timezone.now()) + timedelta(seconds=wait)
    delivery.save(
        update_fields=["status", "attempts", "due_at", "response_status", "response_body"]
    )
