"""Rate limits kept in this process: a token bucket for each key.

They stand before the shared counts (``throttle``), so that a flood costs no query of the database.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KEYS = 20_000


class RateLimit:
    """For each key ``burst`` requests at once, then ``a_minute`` a minute."""

    def __init__(
        self, *, a_minute: int, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.a_second = a_minute / 60
        self.burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        # Tokens left by key, and when they were counted; least recently used first.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: int = 1) -> float:
        """Count a request of ``key``: 0 when it is allowed, else the seconds to wait."""
        cost = min(cost, self.burst)
        now = self._clock()
        with self._lock:
            left, counted = self._left.pop(key, (float(self.burst), now))
            left = min(self.burst, left + (now - counted) * self.a_second)
            allowed = left >= cost
            self._left[key] = (left - cost if allowed else left, now)
            if len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
        return 0.0 if allowed else (cost - left) / self.a_second
