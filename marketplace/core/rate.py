"""Rate limits by network address: a token bucket for each, kept in this process.

Each web process counts for itself. That keeps one client from overloading the service; it is not
exact enough to charge for.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

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

    def take(self, key: str) -> float:
        """Count a request of ``key``: 0 when it is allowed, else the seconds to wait."""
        now = self._clock()
        with self._lock:
            left, counted = self._left.pop(key, (float(self.burst), now))
            left = min(self.burst, left + (now - counted) * self.a_second)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            if len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self.a_second


def address_of(request: HttpRequest) -> str:
    """The client's network address; of an IPv6 address the first half, which a household shares.

    Behind a proxy it is the last address of ``X-Forwarded-For``, which the proxy itself has added.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY and (told := request.headers.get("X-Forwarded-For")):
        seen = told.rpartition(",")[2].strip()
    try:
        address = ip_address(seen)
    except ValueError:
        return seen
    if isinstance(address, IPv6Address):
        return ":".join(address.exploded.split(":")[:4])
    return str(address)
