"""Backlogs of queues that the worker handles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

# From this many attempts on, a row counts as failing.
MANY_ATTEMPTS = 4


@dataclass(frozen=True)
class Backlog:
    """How many rows wait, since when the oldest has, and how many have failed many times."""

    count: int
    oldest: datetime | None
    failing: int


def measure_backlog(waiting: QuerySet[Any], *, since: str) -> Backlog:
    """The backlog of the waiting rows; ``since`` names the field of their beginning."""
    return Backlog(
        **waiting.aggregate(
            count=Count("id"),
            oldest=Min(since),
            failing=Count("id", filter=Q(attempts__gte=MANY_ATTEMPTS)),
        )
    )
