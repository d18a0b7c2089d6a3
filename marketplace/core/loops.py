"""How a loop of the worker runs: in a thread, or in several that do its work side by side.

Of several, one is on watch: it is woken by what is announced (``wakeups``) and looks now and then
by itself for what is tried again later. Before it looks it leaves the watch to the next one, so
what comes while it works is found by another. Those that are not on watch cost nothing.
"""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections

from marketplace.core.wakeups import Wakeups

logger = logging.getLogger(__name__)

Loop = Callable[[], int]
# An idle loop looks less and less often, so that an idle worker costs almost nothing.
IDLE_SECONDS = 0.15
IDLE_GROWS = 1.3
LONGEST_IDLE_SECONDS = 15.0
LONGEST_UNHEARD_SECONDS = 1.0
# After errors, of a database that is away for instance.
MAX_PAUSE_SECONDS = 10.0


def at_once(count: int, loop: Loop) -> Loop:
    """Mark a loop as running so many times side by side."""
    loop.at_once = count  # type: ignore[attr-defined]
    return loop


def threads_of(loop: Loop, wakeups: Wakeups, stopping: threading.Event) -> list[threading.Thread]:
    """The threads of a loop, not started yet; ``stopping`` and a wake-up end them."""
    count = getattr(loop, "at_once", 1)
    watch = _Watch(wakeups, wakeups.sleeper(loop), stopping, count)
    target = lambda: _run(loop, watch, stopping)  # noqa: E731
    return [threading.Thread(target=target, name=loop.__name__) for _ in range(count)]


class _Watch:
    """What the threads of one loop share: whose turn it is to wait, and for how long."""

    def __init__(
        self, wakeups: Wakeups, woken: threading.Event, stopping: threading.Event, count: int
    ) -> None:
        self._wakeups, self._woken, self._stopping, self._count = wakeups, woken, stopping, count
        self._turn = threading.Lock()
        self._pause = 0.0
        self._looks = 0

    def wait(self) -> bool:
        """Be on watch until it is time to look; false when everything stops.

        An announcement may be of several pieces of work: as many look as there are threads, each
        when the one before has left the watch.
        """
        with self._turn:
            if self._stopping.is_set():
                return False
            if self._woken.wait(0 if self._looks else self._pause):
                # Before the look: what is announced from now on wakes the next one.
                self._woken.clear()
                self._looks, self._pause = self._count - 1, IDLE_SECONDS
            elif self._looks:
                self._looks -= 1
            else:
                listening = self._wakeups.listening
                longest = LONGEST_IDLE_SECONDS if listening else LONGEST_UNHEARD_SECONDS
                self._pause = min(max(self._pause * IDLE_GROWS, IDLE_SECONDS), longest)
            return not self._stopping.is_set()

    def tell_of_more(self) -> None:
        """There was work, so there may be more: whoever is on watch looks at once."""
        self._woken.set()


def _run(loop: Loop, watch: _Watch, stopping: threading.Event) -> None:
    pause = IDLE_SECONDS
    while watch.wait():
        try:
            close_old_connections()
            if loop():
                watch.tell_of_more()
            pause = IDLE_SECONDS
        except Exception:
            logger.exception("The loop %s failed; it goes on", loop.__name__)
            pause = min(pause * 2, MAX_PAUSE_SECONDS)
            stopping.wait(pause)
    connections.close_all()
