"""What the worker leaves until our App is installed: before that the engine answers nothing.

Mails are sent meanwhile. Of the rest each process says once that it waits, and once that it goes
on.
"""

import sys
import threading
from collections.abc import Callable
from functools import wraps

from marketplace.saleor import instances

# The loops look side by side; the first one tells.
_lock, _waits = threading.Lock(), threading.Event()


def may_work() -> bool:
    """Whether our App is installed; says so on the first look, and when that has changed."""
    installed = instances.is_installed()
    with _lock:
        if not installed and not _waits.is_set():
            _waits.set()
            _tell(
                f"The worker waits until the App is installed at {instances.api_url()} "
                "(twiza saleor install); mails are sent meanwhile."
            )
        elif installed and _waits.is_set():
            _waits.clear()
            _tell("The App is installed: the worker goes on.")
    return installed


def when_installed(loop: Callable[[], int]) -> Callable[[], int]:
    """A loop of the worker that rests until our App is installed, and looks no more afterwards."""
    seen = False

    @wraps(loop)
    def rest_or_work() -> int:
        nonlocal seen
        seen = seen or may_work()
        return loop() if seen else 0

    return rest_or_work


def _tell(sentence: str) -> None:
    print(f"twiza worker: {sentence}", file=sys.stderr, flush=True)
