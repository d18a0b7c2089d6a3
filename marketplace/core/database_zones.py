"""How the zone data of PostgreSQL differs from ours (``time_zones``)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

_STEP = timedelta(hours=6)


def differing_days(names: Iterable[str], first: date, last: date) -> dict[str, list[date]]:
    """By zone, the days on which PostgreSQL's clock shows another hour than ours; looked at every
    six hours. A zone that PostgreSQL does not know differs on all of them."""
    moments = _every_step(first, last)
    found: dict[str, list[date]] = {}
    wanted = sorted(set(names))
    known = _known_to_database(wanted)
    for name in wanted:
        ours, unknown = ZoneInfo(name), [None] * len(moments)
        theirs = _hours_of_database(name, moments) if name in known else unknown
        days = {
            moment.date()
            for moment, hour in zip(moments, theirs, strict=True)
            if moment.astimezone(ours).replace(tzinfo=None) != hour
        }
        if days:
            found[name] = sorted(days)
    return found


def _known_to_database(names: list[str]) -> set[str]:
    """Those of the zones that PostgreSQL knows; asked once, as it reads all its files for that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names WHERE name = ANY(%s)", [names])
        return {row[0] for row in cursor.fetchall()}


def _hours_of_database(name: str, moments: list[datetime]) -> list[datetime | None]:
    """By its own steps of six hours, which are no days and so the same in every zone."""
    values: list[Any] = [name, moments[0], moments[-1], _STEP]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moment AT TIME ZONE %s "
            "FROM generate_series(%s::timestamptz, %s::timestamptz, %s) moment ORDER BY moment",
            values,
        )
        return [row[0] for row in cursor.fetchall()]


def _every_step(first: date, last: date) -> list[datetime]:
    moment, moments = datetime(first.year, first.month, first.day, tzinfo=UTC), []
    while moment.date() <= last:
        moments.append(moment)
        moment += _STEP
    return moments
