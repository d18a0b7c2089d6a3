"""On which day a moment falls: in every market's zone, at midnight, month ends and in Ramadan."""

import os
import re
import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.markets import MARKETS
from marketplace.core.database_zones import differing_days
from marketplace.core.days import beginning_of, day_of, moments_of

ZONES = sorted({market.time_zone for market in MARKETS})
zones = st.sampled_from(ZONES)
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 16 * 365 * 86_400).map(lambda n: BEGINNING + timedelta(seconds=n))
days = st.dates(date(2020, 1, 1), date(2035, 12, 30))
SECOND = timedelta(seconds=1)


@given(moment=moments, zone=zones)
def test_a_moment_is_within_its_day(moment: datetime, zone: str) -> None:
    day = day_of(moment, zone)
    since, until = moments_of(day, day, zone)
    assert since <= moment < until


@given(day=days, zone=zones)
def test_a_day_begins_where_the_day_before_ends(day: date, zone: str) -> None:
    begins = beginning_of(day, zone)
    assert day_of(begins, zone) == day
    assert day_of(begins - SECOND, zone) == day - timedelta(days=1)
    assert timedelta(hours=23) <= beginning_of(day + timedelta(days=1), zone) - begins
    assert beginning_of(day + timedelta(days=1), zone) - begins <= timedelta(hours=25)


@given(year=st.integers(2020, 2035), month=st.integers(1, 12), zone=zones)
def test_months_leave_out_no_moment_and_take_none_twice(year: int, month: int, zone: str) -> None:
    first = date(year, month, 1)
    next_month = (first + timedelta(days=32)).replace(day=1)
    since, until = moments_of(first, next_month - timedelta(days=1), zone)
    assert until == moments_of(next_month, next_month, zone)[0]
    assert (day_of(since, zone), day_of(until - SECOND, zone)) == (
        first,
        next_month - timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # An hour before UTC, but in Ramadan, when Morocco's clocks show UTC.
        ("2025-02-10T23:30:00+00:00", "2025-02-11"),
        ("2025-03-10T23:30:00+00:00", "2025-03-10"),
        ("2025-03-31T23:30:00+00:00", "2025-03-31"),
        ("2025-04-30T23:30:00+00:00", "2025-05-01"),
        ("2026-01-31T23:30:00+00:00", "2026-02-01"),
        ("2026-02-28T23:30:00+00:00", "2026-02-28"),
        ("2026-04-30T22:59:59+00:00", "2026-04-30"),
        ("2026-04-30T23:00:00+00:00", "2026-05-01"),
    ],
)
def test_in_ramadan_a_moroccan_day_ends_an_hour_later(moment: str, day: str) -> None:
    zone = "Africa/Casablanca"
    assert day_of(datetime.fromisoformat(moment), zone) == date.fromisoformat(day)


def test_where_clocks_skip_midnight_a_day_begins_after_it() -> None:
    # Egypt, last Friday of April: after 23:59:59 comes 01:00.
    begins = beginning_of(date(2025, 4, 25), "Africa/Cairo")
    assert begins == datetime(2025, 4, 24, 22, tzinfo=UTC)
    assert begins.astimezone(ZoneInfo("Africa/Cairo")).hour == 1


def test_a_moment_without_a_zone_falls_on_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 1, 1), "Africa/Tunis")  # noqa: DTZ001 -- that is what is tested


def test_zones_are_read_from_the_package_alone(tmp_path: Path) -> None:
    assert zoneinfo.TZPATH == ()
    # given a machine whose own data says that Morocco has the clocks of Tokyo
    wrong = tmp_path / "Africa"
    wrong.mkdir()
    tokyo = files("tzdata") / "zoneinfo" / "Asia" / "Tokyo"
    (wrong / "Casablanca").write_bytes(tokyo.read_bytes())
    program = (
        "import django; from zoneinfo import ZoneInfo; ZoneInfo('Africa/Casablanca');"
        "django.setup(); from datetime import datetime, UTC;"
        "from marketplace.core.days import day_of;"
        "print(day_of(datetime(2026, 2, 20, 20, tzinfo=UTC), 'Africa/Casablanca'))"
    )
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "marketplace.settings"
    told = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "2026-02-20"


@pytest.mark.django_db
def test_what_postgresql_thinks_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = date(2026, 2, 1), date(2026, 2, 10)
    assert differing_days(["UTC"], first, last) == {}
    # given a database that knows Tokyo's clocks only under another name
    monkeypatch.setattr(
        "marketplace.core.database_zones.ZoneInfo",
        lambda name: ZoneInfo("Asia/Tokyo" if name == "Africa/Tunis" else name),
    )
    found = differing_days(["Africa/Tunis", "Africa/Cairo"], first, last)
    assert list(found) == ["Africa/Tunis"]
    assert len(found["Africa/Tunis"]) == 10


def test_no_day_is_asked_of_postgresql() -> None:
    """Lookups and functions that convert a moment by PostgreSQL's own zones."""
    asks = re.compile(
        r"__date(__|=)|TruncDate|TruncDay|TruncWeek|_at__(year|month|day|week|hour|quarter)"
        r"|(Trunc\w+|Extract\w+)\(\s*[\"']\w*_at[\"']|AT TIME ZONE|_at::date"
    )
    root = Path(__file__).parents[2]
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for room in ("marketplace", "catalog", "vendors", "search")
        for path in (root / room).rglob("*.py")
        if path.name != "database_zones.py"
        for line in path.read_text("utf-8").splitlines()
        if asks.search(line)
    ]
    assert found == []
