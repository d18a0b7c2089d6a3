"""The history of an order: notes, and what was done to it."""

from marketplace.embedded.actors import actor_fields
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import App, Order, OrderEvent, OrderEventType, User


def record_event(
    order: Order, kind: OrderEventType, *, by: App | User | None, message: str | None = None
) -> OrderEvent:
    """Add an entry to an order's history."""
    return OrderEvent.objects.create(order=order, type=kind, message=message, **actor_fields(by))


def add_note(order: Order, message: str, *, by: App | User | None) -> OrderEvent:
    """Add a note to an order's history; refuses REQUIRED for an empty one."""
    message = message.strip()
    if not message:
        raise refuse("REQUIRED", "Message can't be empty.", field="message")
    return record_event(order, OrderEventType.NOTE_ADDED, by=by, message=message)
