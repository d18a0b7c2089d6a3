"""Wakes the worker's loops when there is something to do, by PostgreSQL's notifications.

A trigger on each table in which work waits says the table's name on one channel
(``table_rules.announced``). Whoever listens wakes the loops that work on it. A notification can be
lost with its connection, so loops also look by themselves: seldom while somebody listens, often
otherwise.
"""

import logging
import select
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import Error, connection

logger = logging.getLogger(__name__)

CHANNEL = "twiza_work"
# How long a stop waits for the listener, and how long it waits after an error.
LISTEN_SECONDS, RETRY_SECONDS = 1.0, 2.0

Loop = TypeVar("Loop", bound=Callable[[], int])


def woken_by(*tables: str) -> Callable[[Loop], Loop]:
    """Mark a loop as working on these tables of the database."""

    def mark(loop: Loop) -> Loop:
        loop.woken_by = tables  # type: ignore[attr-defined]
        return loop

    return mark


class Wakeups:
    """Sleeping loops, and whether somebody listens for what would wake them."""

    def __init__(self) -> None:
        self.listening = False
        self._sleepers: list[tuple[threading.Event, frozenset[str]]] = []

    def sleeper(self, loop: Callable[[], int]) -> threading.Event:
        """An event for one loop, set when its tables have new work and when everything stops."""
        event = threading.Event()
        self._sleepers.append((event, frozenset(getattr(loop, "woken_by", ()))))
        return event

    def wake(self, table: str) -> None:
        for event, tables in self._sleepers:
            if table in tables:
                event.set()

    def wake_all(self) -> None:
        for event, _tables in self._sleepers:
            event.set()

    def listen(self, stopping: threading.Event) -> None:
        """Listen until told to stop; goes on after the database was away."""
        while not stopping.is_set():
            try:
                self._listen(stopping)
            except Error:
                logger.exception("The listener lost the database; it goes on")
                stopping.wait(RETRY_SECONDS)
            finally:
                self.listening = False
                connection.close()

    def _listen(self, stopping: threading.Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self.listening = True
        # What was announced before this moment was not heard.
        self.wake_all()
        # The socket is waited for here: psycopg would look ten times a second for an interrupt.
        socket = select.poll()
        socket.register(connection.connection.fileno(), select.POLLIN)
        with connection.wrap_database_errors:
            while not stopping.is_set():
                if socket.poll(LISTEN_SECONDS * 1000):
                    heard = connection.connection.notifies(timeout=0)
                    self._wake_each(notification.payload for notification in heard)

    def _wake_each(self, tables: Iterable[str]) -> None:
        for table in tables:
            self.wake(table)
