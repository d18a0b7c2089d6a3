"""On which day a moment falls, and when a day begins, in a time zone: the one place for it."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


def day_of(moment: datetime, zone: str | tzinfo) -> date:
    """The day of a moment; ``zone`` is an IANA name or a zone. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone falls on no day")
    return moment.astimezone(_zone(zone)).date()


def beginning_of(day: date, zone: str | tzinfo) -> datetime:
    """The first moment of a day, in UTC; where clocks skip midnight, the moment after it."""
    return datetime.combine(day, time.min, tzinfo=_zone(zone)).astimezone(UTC)


def moments_of(first: date, last: date, zone: str | tzinfo) -> tuple[datetime, datetime]:
    """The moments of the days from ``first`` to ``last``: since the one, before the other."""
    return beginning_of(first, zone), beginning_of(last + timedelta(days=1), zone)


def _zone(zone: str | tzinfo) -> tzinfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone
