"""The inbox of asynchronous webhooks: stored once, handed to their handlers by a job."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from opentelemetry.trace import SpanKind

from marketplace.core.logs import known_as
from marketplace.core.tracing import span, traceparent
from marketplace.saleor.models import InboxMessage
from marketplace.saleor.webhooks.subjects import order_id_of, product_id_of

logger = logging.getLogger(__name__)

RETRY_SECONDS = (1, 5, 30, 120, 600, 3600)
# A process that takes messages and dies leaves them to others after this time.
LEASE = timedelta(minutes=2)
KEEP_HANDLED = timedelta(days=14)
# How many hints a handler takes in one call.
BATCH = 50
Hearer = Callable[[dict[str, Any]], None]
# What differs between two hints of the same thing.
_FLEETING = frozenset({"issuedAt", "updatedAt", "__typename", "version"})


def handlers_of(event: str) -> tuple[str, ...]:
    """Dotted paths of the functions which hear an event (its name as in the header)."""
    table: dict[str, tuple[str, ...]] = import_string(settings.SALEOR_EVENT_HANDLERS)
    return table.get(event, ()) or table.get(event.upper(), ())


def store(event: str, body: bytes) -> bool:
    """Keep a verified message; False when it is known already, or nobody listens to its event.

    Raises ValueError for a body that is not a JSON object.
    """
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("a webhook's body is a JSON object")  # noqa: TRY004 -- as json does
    if not handlers_of(event):
        return False
    digest = hashlib.sha256(event.encode() + b"\n" + body).hexdigest()
    _message, created = InboxMessage.objects.get_or_create(
        body_hash=digest,
        defaults={
            "event": event,
            "body": content,
            "next_attempt_at": timezone.now(),
            "traceparent": traceparent(),
        },
    )
    return created


def in_batches(together: Callable[[Sequence[dict[str, Any]]], None]) -> Callable[[Hearer], Hearer]:
    """Let a handler take hints of many things in one call, 50 at most.

    ``together`` gets their bodies; when it raises, each goes to the handler itself.
    """

    def mark(handler: Hearer) -> Hearer:
        handler.together = together  # type: ignore[attr-defined]
        return handler

    return mark


def handle_inbox(limit: int = 200) -> int:
    """Hand waiting messages to their handlers; returns how many were handled.

    Hints of the same thing are handed over once. No transaction is open around a handler, because
    handlers ask the engine.
    """
    handled = 0
    waiting: dict[tuple[str, ...], list[list[InboxMessage]]] = {}
    for messages in _coalesced(_take(limit)):
        waiting.setdefault(handlers_of(messages[-1].event), []).append(messages)
    for paths, groups in waiting.items():
        for first in range(0, len(groups), BATCH):
            some = groups[first : first + BATCH]
            if len(some) == 1 or not _handle_together(paths, some):
                handled += sum(len(messages) for messages in some if _handle(messages))
            else:
                handled += sum(len(messages) for messages in some)
    return handled


def _handle_together(paths: tuple[str, ...], groups: list[list[InboxMessage]]) -> bool:
    """Whether the handlers took hints of many things in one call."""
    handlers = [getattr(import_string(path), "together", None) for path in paths]
    if not all(handlers):
        return False
    try:
        with _caused_by([messages[-1] for messages in groups]):
            for together in handlers:
                together([messages[-1].body for messages in groups])  # type: ignore[misc]
    except Exception as error:  # noqa: BLE001 -- each for itself tells which of them it is
        logger.info("A batch of %s hints is handled one by one: %s", len(groups), error)
        return False
    _note_handled([message for messages in groups for message in messages])
    return True


@contextmanager
def _caused_by(messages: Sequence[InboxMessage]) -> Iterator[None]:
    """What handlers do and log belongs to the message, and to the trace that brought it."""
    latest = messages[-1]
    with (
        known_as(f"webhook-{latest.pk}"),
        span(
            f"webhook {latest.event}",
            kind=SpanKind.CONSUMER,
            causes=[message.traceparent for message in messages],
            messaging__batch__message_count=len(messages),
        ),
    ):
        yield


def _note_handled(messages: Iterable[InboxMessage]) -> None:
    InboxMessage.objects.filter(pk__in=[m.pk for m in messages]).update(
        handled_at=timezone.now(), last_error=""
    )


def forget_handled() -> int:
    """Delete what was handled long ago; returns how many messages."""
    old = InboxMessage.objects.filter(handled_at__lt=timezone.now() - KEEP_HANDLED)
    return old.delete()[0]


def _take(limit: int) -> list[InboxMessage]:
    now = timezone.now()
    with transaction.atomic():
        due = InboxMessage.objects.select_for_update(skip_locked=True).filter(
            handled_at__isnull=True, next_attempt_at__lte=now
        )
        taken = list(due.order_by("id")[:limit])
        InboxMessage.objects.filter(pk__in=[m.pk for m in taken]).update(
            next_attempt_at=now + LEASE
        )
    return taken


def _coalesced(messages: Iterable[InboxMessage]) -> list[list[InboxMessage]]:
    groups: dict[tuple[tuple[str, ...], str], list[InboxMessage]] = {}
    for message in messages:
        subject = _subject(message.body)
        groups.setdefault((handlers_of(message.event), subject), []).append(message)
    return list(groups.values())


def _subject(body: dict[str, Any]) -> str:
    """What a hint is about: its product or its order, else all that lasts of it.

    Every hint of a product, its variants and its translations leads to the same look.
    """
    if product_id := product_id_of(body):
        return f"product:{product_id}"
    if order_id := order_id_of(body):
        return f"order:{order_id}"
    return json.dumps(_lasting(body), sort_keys=True)


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lasting(v) for k, v in value.items() if k not in _FLEETING}
    return [_lasting(item) for item in value] if isinstance(value, list) else value


def _handle(messages: list[InboxMessage]) -> bool:
    latest = messages[-1]
    try:
        with _caused_by(messages):
            for path in handlers_of(latest.event):
                import_string(path)(latest.body)
    except Exception as error:
        logger.exception("Webhook %s (%s) failed", latest.event, latest.pk)
        _postpone(messages, error)
        return False
    _note_handled(messages)
    return True


def _postpone(messages: list[InboxMessage], error: Exception) -> None:
    for message in messages:
        wait = RETRY_SECONDS[min(message.attempts, len(RETRY_SECONDS) - 1)]
        message.attempts += 1
        message.next_attempt_at = timezone.now() + timedelta(seconds=wait)
        message.last_error = f"{type(error).__name__}: {error}"[:2000]
        message.save(update_fields=["attempts", "next_attempt_at", "last_error"])
