"""Backlogs: rows of a queue that the worker has yet to handle."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

# From this many attempts on, a row is no longer just late.
MANY_ATTEMPTS = 4


@dataclass(frozen=True)
class Backlog:
    """How many rows wait, since when the oldest does, and how many failed many times."""

    count: int
    oldest: datetime | None
    failing: int


def measure_backlog(waiting: QuerySet[Any], *, since: str) -> Backlog:
    """The backlog of the rows that wait; ``since`` names the field with their beginning."""
    return Backlog(
        **waiting.aggregate(
            count=Count("id"),
            oldest=Min(since),
            failing=Count("id", filter=Q(attempts__gte=MANY_ATTEMPTS)),
        )
    )
