"""The inbox of asynchronous webhooks: stored once, handed to their handlers by a job."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from opentelemetry.trace import SpanKind

from marketplace.core.logs import known_as
from marketplace.core.queues import Queue, queue_of
from marketplace.core.tracing import span, traceparent
from marketplace.saleor.models import InboxMessage
from marketplace.saleor.webhooks.events import WebhookEvent, read_event

logger = logging.getLogger(__name__)

RETRY_SECONDS = (1, 5, 30, 120, 600, 3600)
# Messages taken by a process that died are taken again after this time.
LEASE = timedelta(minutes=2)
KEEP_HANDLED = timedelta(days=14)
# The number of events that a handler takes in one call.
BATCH = 50
EventHandler = Callable[[WebhookEvent], None]
BatchHandler = Callable[[Sequence[WebhookEvent]], None]


@dataclass(frozen=True)
class _Group:
    """Messages about one subject; handlers get the latest event."""

    event: WebhookEvent
    handlers: tuple[str, ...]
    messages: list[InboxMessage]


def handlers_of(event: str) -> tuple[str, ...]:
    """Dotted paths of the functions that handle an event (its name as in the header)."""
    table: dict[str, tuple[str, ...]] = import_string(settings.SALEOR_EVENT_HANDLERS)
    return table.get(event, ()) or table.get(event.upper(), ())


def store(event: str, body: bytes) -> bool:
    """Store a verified message; False when it is known already, or its event has no handler.

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


def in_batches(together: BatchHandler) -> Callable[[EventHandler], EventHandler]:
    """Let a handler process events of many subjects in one call, 50 at most.

    When ``together`` raises, each event goes to the handler itself.
    """

    def mark(handler: EventHandler) -> EventHandler:
        handler.together = together  # type: ignore[attr-defined]
        return handler

    return mark


def handle_inbox(limit: int = 200, *, queue: Queue | None = None) -> int:
    """Hand waiting messages of a queue, or of all, to their handlers; returns how many were.

    Events of the same subject are handed over once. No transaction is open around a handler,
    because handlers call the engine.
    """
    handled = 0
    by_handlers: dict[tuple[str, ...], list[_Group]] = {}
    for group in _grouped(_take(limit, queue)):
        by_handlers.setdefault(group.handlers, []).append(group)
    for groups in by_handlers.values():
        for first in range(0, len(groups), BATCH):
            batch = groups[first : first + BATCH]
            if len(batch) == 1 or not _handle_together(batch):
                handled += sum(len(group.messages) for group in batch if _handle(group))
            else:
                handled += sum(len(group.messages) for group in batch)
    return handled


def _handle_together(groups: list[_Group]) -> bool:
    """Whether the handlers processed all these events in one call; they share their handlers."""
    handlers = [getattr(import_string(path), "together", None) for path in groups[0].handlers]
    if not all(handlers):
        return False
    try:
        with _caused_by([group.messages[-1] for group in groups]):
            for together in handlers:
                together([group.event for group in groups])  # type: ignore[misc]
    except Exception as error:  # noqa: BLE001 -- handled one by one, the failing one is found
        logger.info("A batch of %s events is handled one by one: %s", len(groups), error)
        return False
    _note_handled([message for group in groups for message in group.messages])
    return True


@contextmanager
def _caused_by(messages: Sequence[InboxMessage]) -> Iterator[None]:
    """Tie what handlers do and log to the message, and to the trace that brought it."""
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
    """Delete messages handled long ago; returns how many."""
    old = InboxMessage.objects.filter(handled_at__lt=timezone.now() - KEEP_HANDLED)
    return old.delete()[0]


def queues_of_webhooks() -> set[Queue]:
    """The queues in which webhooks wait."""
    return set(_queues_by_event().values())


def _queues_by_event() -> dict[str, Queue]:
    """Each event's queue: of its handlers' the most urgent."""
    events: dict[str, tuple[str, ...]] = import_string(settings.SALEOR_EVENT_HANDLERS)
    order = list(Queue)
    return {name: min(map(queue_of, paths), key=order.index) for name, paths in events.items()}


def _of_queue(queue: Queue | None) -> Q:
    """Messages of a queue; those of no known event are the last queue's."""
    if queue is None:
        return Q()
    known = _queues_by_event()
    last = max(known.values(), key=list(Queue).index)
    others = [name for name, its in known.items() if its != queue]
    own = [name for name, its in known.items() if its == queue]
    return ~_named(others) if queue == last else _named(own)


def _named(events: list[str]) -> Q:
    return Q(event__in=[*events, *(name.upper() for name in events)])


def _take(limit: int, queue: Queue | None) -> list[InboxMessage]:
    now = timezone.now()
    with transaction.atomic():
        # A message that nobody has tried yet is leased, for less than two leases by whichever
        # worker's clock, or was written by a clock that was put back since.
        is_due = Q(next_attempt_at__lte=now) | Q(attempts=0, next_attempt_at__gt=now + 2 * LEASE)
        due = InboxMessage.objects.select_for_update(skip_locked=True).filter(
            is_due, _of_queue(queue), handled_at__isnull=True
        )
        taken = list(due.order_by("id")[:limit])
        InboxMessage.objects.filter(pk__in=[m.pk for m in taken]).update(
            next_attempt_at=now + LEASE
        )
    return taken


def _grouped(messages: Iterable[InboxMessage]) -> list[_Group]:
    groups: dict[tuple[tuple[str, ...], str], _Group] = {}
    for message in messages:
        event = read_event(message.event, message.body)
        handlers = handlers_of(message.event)
        key = (handlers, event.subject)
        earlier = groups[key].messages if key in groups else []
        groups[key] = _Group(event, handlers, [*earlier, message])
    return list(groups.values())


def _handle(group: _Group) -> bool:
    latest = group.messages[-1]
    try:
        with _caused_by(group.messages):
            for path in group.handlers:
                import_string(path)(group.event)
    except Exception as error:
        logger.exception("Webhook %s (%s) failed", latest.event, latest.pk)
        _postpone(group.messages, error)
        return False
    _note_handled(group.messages)
    return True


def _postpone(messages: list[InboxMessage], error: Exception) -> None:
    for message in messages:
        wait = RETRY_SECONDS[min(message.attempts, len(RETRY_SECONDS) - 1)]
        message.attempts += 1
        message.next_attempt_at = timezone.now() + timedelta(seconds=wait)
        message.last_error = f"{type(error).__name__}: {error}"[:2000]
        message.save(update_fields=["attempts", "next_attempt_at", "last_error"])
