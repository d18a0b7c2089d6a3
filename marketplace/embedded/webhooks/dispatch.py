"""Dispatching events to the Apps that are subscribed to them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import httpx
from django.db import models

from marketplace.embedded import fault_injection, unit_of_work
from marketplace.embedded.context import current_principal
from marketplace.embedded.models import App, EventDelivery, Webhook
from marketplace.embedded.request_cache import get_or_load
from marketplace.embedded.webhooks.events import Occurrence, permission_of
from marketplace.embedded.webhooks.payload import payload_for
from marketplace.embedded.webhooks.sending import encode_body, post

_last_responses: dict[tuple[int, str, str], Any] = {}


class SyncResponse(NamedTuple):
    """An App's response to a synchronous webhook: None when it failed or timed out."""

    app: App
    response: Any


def subscribed(event_name: str, app: App | None = None) -> list[Webhook]:
    """Return the active webhooks of active, permitted Apps for an event (ordered by id)."""
    permission = permission_of(event_name)
    return [
        webhook
        for webhook in get_or_load(Webhook, _active_webhooks)
        if (event_name in webhook.events or "ANY_EVENTS" in webhook.events)
        and (permission is None or permission in webhook.app.permissions)
        and (app is None or webhook.app_id == app.pk)
    ]


def _active_webhooks() -> list[Webhook]:
    active = Webhook.objects.filter(is_active=True, app__is_active=True)
    return list(active.select_related("app"))


def emit(event_name: str, instance: Any, *, immediately: bool = False, **extra: Any) -> None:
    """Record an asynchronous event; its body is computed when the open write commits.

    `immediately` computes the body now (for something about to be deleted). `extra` reaches the
    event type's resolvers as ``root.extra``.
    """
    webhooks = subscribed(event_name)
    if not webhooks:
        return
    principal = current_principal()

    def record() -> None:
        subject = instance if immediately else _reloaded(instance)
        occurrence = Occurrence(event_name, subject, principal, extra=extra)
        EventDelivery.objects.bulk_create(_deliveries(webhooks, occurrence))

    if immediately:
        record()
    else:
        unit_of_work.before_commit(record)


def emit_many(event_name: str, instances: Sequence[models.Model]) -> None:
    """Record one event for each of many rows of one model, reloading them together."""
    webhooks = subscribed(event_name)
    if not webhooks or not instances:
        return
    principal = current_principal()

    def record() -> None:
        rows = type(instances[0])._default_manager.in_bulk([each.pk for each in instances])  # noqa: SLF001
        occurrences = [
            Occurrence(event_name, rows.get(each.pk, each), principal) for each in instances
        ]
        EventDelivery.objects.bulk_create(x for o in occurrences for x in _deliveries(webhooks, o))

    unit_of_work.before_commit(record)


def _reloaded(instance: Any) -> Any:
    if not isinstance(instance, models.Model):
        return instance
    rows = type(instance)._default_manager  # noqa: SLF001 -- Django's own name for it
    key = (type(instance), instance.pk)
    return unit_of_work.load_for_commit(
        key, lambda: rows.filter(pk=instance.pk).first() or instance
    )


def _deliveries(webhooks: list[Webhook], occurrence: Occurrence) -> list[EventDelivery]:
    """Return unsaved deliveries of one event, its body computed for every webhook."""
    status = "FAILED" if fault_injection.is_injected("event_lost") else "PENDING"
    found = []
    for webhook in webhooks:
        payload = payload_for(webhook, occurrence)
        if payload is not None:
            body = encode_body(payload)
            name = occurrence.name
            found.append(
                EventDelivery(webhook=webhook, event_type=name, payload=body, status=status)
            )
    return found


def call_sync(
    event_name: str, instance: Any, *, app: App | None = None, attempt: int = 1, **extra: Any
) -> list[SyncResponse]:
    """Call every subscribed App (or only `app`) and return the parsed responses.

    Must be called outside of a write. A refused connection, a time-out, a status other than 2xx,
    or a body that is not JSON gives ``response=None``. `attempt` > 1 marks a retry.
    """
    unit_of_work.assert_no_open_write()
    responses = []
    for webhook in subscribed(event_name, app):
        occurrence = Occurrence(event_name, instance, current_principal(), extra=extra)
        payload = payload_for(webhook, occurrence)
        if payload is None:
            continue
        body = encode_body(payload)
        if attempt > 1 and fault_injection.is_injected("empty_retried_body"):
            body = b""
        responses.append(SyncResponse(webhook.app, _call(webhook, event_name, instance, body)))
    return responses


def _call(webhook: Webhook, event_name: str, instance: Any, body: bytes) -> Any:
    key = (webhook.pk, event_name, str(getattr(instance, "pk", None)))
    if fault_injection.is_injected("stale_webhook_cache") and key in _last_responses:
        return _last_responses[key]
    try:
        response = post(webhook.target_url, event_name, body, webhook.custom_headers)
        parsed = response.json() if response.is_success else None
    except (httpx.HTTPError, ValueError):
        return None
    if fault_injection.is_injected("stale_webhook_cache"):
        _last_responses[key] = parsed
    return parsed
