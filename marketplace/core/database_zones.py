"""How the zone data of PostgreSQL differs from ours (``time_zones``)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

_STEP = timedelta(hours=6)


def differing_days(names: Iterable[str], first: date, last: date) -> dict[str, list[date]]:
    """By zone, the days on which PostgreSQL's clock shows another hour than ours; looked at every
    six hours. A zone that PostgreSQL does not know differs on all of them."""
    moments = _every_step(first, last)
    found: dict[str, list[date]] = {}
    for name in sorted(set(names)):
        ours, theirs = ZoneInfo(name), _hours_of_database(name, moments)
        days = {
            moment.date()
            for moment, hour in zip(moments, theirs, strict=True)
            if moment.astimezone(ours).replace(tzinfo=None) != hour
        }
        if days:
            found[name] = sorted(days)
    return found


def _hours_of_database(name: str, moments: list[datetime]) -> list[datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = %s)", [name])
        if not cursor.fetchone()[0]:
            return [None] * len(moments)
        cursor.execute(
            "SELECT moment AT TIME ZONE %s FROM unnest(%s::timestamptz[]) moment ORDER BY moment",
            [name, moments],
        )
        return [row[0] for row in cursor.fetchall()]


def _every_step(first: date, last: date) -> list[datetime]:
    moment, moments = datetime(first.year, first.month, first.day, tzinfo=UTC), []
    while moment.date() <= last:
        moments.append(moment)
        moment += _STEP
    return moments
