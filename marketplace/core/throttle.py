"""Limits on how often something may be done, counted once for all processes, in PostgreSQL.

How much each allows stands as dated rules in ``data/throttles.csv``. A limit of ``count`` in
``minutes`` lets so many through at once, and then one whenever the share of the time for one has
passed (GCRA, the generic cell rate algorithm): a row holds the one instant at which all is free
again, and one statement reads, decides and writes it, so that two processes never both take the
last. Keys are stored as keyed hashes: the table has no addresses of persons.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import ngettext

from marketplace.core.dated import Row, read_rules, rule_on, span_of
from marketplace.core.errors import TwizaError
from marketplace.core.hashes import keyed_hash
from marketplace.core.models import ThrottleCount

THROTTLES_FILE = Path(__file__).parent / "data" / "throttles.csv"

# When all is free again, as it counts now. An instant that no use can have led to was written by a
# clock that was put back since: it locks nobody out until the clock is there again.
_FREE_AT = """CASE WHEN known.free_at > clock_timestamp() + (%(all)s + 1) * interval '1 second'
    THEN clock_timestamp() ELSE greatest(known.free_at, clock_timestamp()) END"""
# Parameters: key, seconds that one takes, seconds that all may take together.
_TAKE = f"""
INSERT INTO core_throttlecount AS known (key, free_at)
VALUES (%(key)s, clock_timestamp() + %(takes)s * interval '1 second')
ON CONFLICT (key) DO UPDATE
SET free_at = {_FREE_AT} + %(takes)s * interval '1 second'
WHERE {_FREE_AT} + %(takes)s * interval '1 second'
    <= clock_timestamp() + %(all)s * interval '1 second'
RETURNING 1
"""  # noqa: S608 -- put together of constants
_WAIT = """
SELECT extract(epoch FROM free_at - clock_timestamp()) + %(takes)s - %(all)s
FROM core_throttlecount WHERE key = %(key)s
"""
_GIVE_BACK = """
UPDATE core_throttlecount SET free_at = free_at - %(takes)s * interval '1 second'
WHERE key = %(key)s
"""


class TooSoon(TwizaError):
    """A limit is reached; ``seconds`` until it may be tried again."""

    code = "too_often"

    def __init__(self, *, seconds: int) -> None:
        self.seconds = max(1, seconds)
        super().__init__(seconds=self.seconds)

    def __str__(self) -> str:
        minutes = math.ceil(self.seconds / 60)
        return ngettext(
            "Too many attempts. Try again in %(minutes)s minute.",
            "Too many attempts. Try again in %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}


@dataclass(frozen=True)
class Limit:
    """So many (``count``) of something within ``period`` for each key."""

    name: str
    count: int
    period: timedelta


@dataclass(frozen=True)
class _Rule:
    valid_from: date
    valid_to: date | None
    limit: Limit


def limit_of(name: str, *, on: date | None = None) -> Limit:
    """The limit of a name on a day (today by default); raises KeyError for an unknown one."""
    of_name = (rule for rule in known_throttles() if rule.limit.name == name)
    found = rule_on(of_name, on or timezone.now().date())
    if found is None:
        raise KeyError(name)
    return found.limit


@cache
def known_throttles() -> tuple[_Rule, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(THROTTLES_FILE, _rule)


def take(limit: Limit, key: str, *, count: int = 1) -> int:
    """Count ``count`` uses of a key: 0 when they are allowed, else the whole seconds to wait.

    Refused ones are not counted. Call it outside a transaction: a rolled back one forgets it.
    """
    if not settings.THROTTLES:
        return 0
    values = _values(limit, key, min(count, limit.count))
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone():
            return 0
        cursor.execute(_WAIT, values)
        row = cursor.fetchone()
    return max(1, math.ceil(row[0])) if row else 1


def give_back(limit: Limit, key: str, *, count: int = 1) -> None:
    """Undo ``take``, for what turned out not to count."""
    if settings.THROTTLES:
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, _values(limit, key, count))


class Use(NamedTuple):
    """A use of a limit by a key, counted so many ``times``."""

    name: str
    key: str
    times: int = 1


def require(*uses: Use) -> None:
    """Count uses of several limits; raises TooSoon when one refuses, and then counts none."""
    taken: list[Use] = []
    for use in uses:
        if seconds := take(limit_of(use.name), use.key, count=use.times):
            release(*taken)
            raise TooSoon(seconds=seconds)
        taken.append(use)


def release(*uses: Use) -> None:
    """Give back what ``require`` counted."""
    for use in uses:
        limit = limit_of(use.name)
        give_back(limit, use.key, count=min(use.times, limit.count))


def forget_free() -> int:
    """Delete the rows of keys for which all is free again; returns how many (a job)."""
    deleted, _ = ThrottleCount.objects.filter(free_at__lt=timezone.now()).delete()
    return deleted


def _values(limit: Limit, key: str, count: int) -> dict[str, str | float]:
    period = limit.period.total_seconds()
    return {
        "key": keyed_hash((limit.name, key)),
        "takes": period / limit.count * count,
        # A grain more, so that fractions that add up to the whole still fit.
        "all": period + 0.001,
    }


def _rule(row: Row) -> _Rule:
    valid_from, valid_to = span_of(row)
    count, minutes = int(row["count"]), int(row["minutes"])
    if count < 1 or minutes < 1 or not row["source"].strip():
        raise ValueError("the count, the minutes or the source are missing or wrong")
    return _Rule(valid_from, valid_to, Limit(row["name"], count, timedelta(minutes=minutes)))
