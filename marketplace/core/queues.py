"""Queues by urgency: the worker works on all of them side by side, so that none waits for another.

The one table of what belongs to which is ``marketplace/queues.py``: handlers of domain events and
of webhooks, and jobs, by their dotted paths. What it does not name is the last queue's.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Queue(StrEnum):
    """The most urgent first."""

    PERSON = "person"
    MONEY = "money"
    EVENTS = "events"
    BULK = "bulk"


# Jobs of an earlier version wait in the queue that had no name.
UNNAMED = "default"
# The doctor warns when something has waited for longer.
LONGEST_WAIT = {
    Queue.PERSON: timedelta(seconds=30),
    Queue.MONEY: timedelta(minutes=2),
    Queue.EVENTS: timedelta(minutes=5),
    Queue.BULK: timedelta(hours=1),
}
# Mails wait for a mail server most of the time, bulk work for the engine.
EVENT_LOOPS = {Queue.PERSON: 2, Queue.MONEY: 1, Queue.EVENTS: 1, Queue.BULK: 1}
JOBS_AT_ONCE = {Queue.PERSON: 1, Queue.MONEY: 1, Queue.EVENTS: 1, Queue.BULK: 2}


def table() -> Mapping[str, Queue]:
    """The deployment's table: dotted path → queue."""
    # Here, as the command line names the queues before it knows whether Django is needed.
    from django.conf import settings
    from django.utils.module_loading import import_string

    found: Mapping[str, Queue] = import_string(settings.QUEUES)
    return found


def queue_of(path: str) -> Queue:
    """The queue of a handler or job."""
    return table().get(path, Queue.BULK)


def paths_in(queue: Queue) -> list[str]:
    """What the table names in a queue."""
    return [path for path, its in table().items() if its == queue]


def paths_of_others(queue: Queue) -> list[str]:
    """What the table names in any other queue."""
    return [path for path, its in table().items() if its != queue]


def job_queues(queue: Queue) -> list[str]:
    """The names under which a queue's jobs wait in the table of jobs."""
    return [queue.value, UNNAMED] if queue == Queue.BULK else [queue.value]
