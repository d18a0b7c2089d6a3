"""Domain events: written in the transaction of the change, delivered afterwards.

A room defines its events as subclasses of ``Event`` in its ``events.py`` and publishes them inside
its own transaction. Their handlers are listed in ``marketplace/events.py``.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from pydantic import BaseModel, ConfigDict

from marketplace.core.models import DomainEvent, EventDelivery
from marketplace.core.tracing import traceparent


class PublishedOutsideTransaction(RuntimeError):
    """An event was published outside a transaction: a programming error."""


class Event(BaseModel):
    """A fact. ``aggregate_id`` names its subject; events of one aggregate keep their order."""

    model_config = ConfigDict(frozen=True)

    aggregate: ClassVar[str]
    aggregate_id: UUID
    occurred_at: datetime


def handlers_of(name: str) -> tuple[str, ...]:
    """Dotted paths of an event's handlers."""
    table: dict[str, tuple[str, ...]] = import_string(settings.DOMAIN_EVENT_HANDLERS)
    return table.get(name, ())


def publish(event: Event) -> DomainEvent:
    """Write an event and a pending delivery for each of its handlers.

    Raises PublishedOutsideTransaction unless a transaction is open.
    """
    return publish_all([event])[0]


def publish_all(events: Sequence[Event]) -> list[DomainEvent]:
    """Write many events at once, in the order of their delivery; as ``publish``."""
    if not connection.in_atomic_block:
        raise PublishedOutsideTransaction(", ".join(type(event).__name__ for event in events))
    cause = traceparent()
    rows = DomainEvent.objects.bulk_create(
        DomainEvent(
            name=type(event).__name__,
            aggregate_type=event.aggregate,
            aggregate_id=event.aggregate_id,
            payload=event.model_dump(mode="json"),
            occurred_at=event.occurred_at,
            traceparent=cause,
        )
        for event in events
    )
    EventDelivery.objects.bulk_create(
        EventDelivery(
            event=row, handler=path, aggregate_key=f"{row.aggregate_type}:{row.aggregate_id}"
        )
        for row in rows
        for path in handlers_of(row.name)
    )
    return rows
