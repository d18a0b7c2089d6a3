"""After how many days without a complaint a parcel counts as delivered: dated data."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

RULES_FILE = Path(__file__).parent / "data" / "delivery_timeouts.csv"


@cache
def _rules() -> tuple[tuple[date, str, int], ...]:
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (date.fromisoformat(row["valid_from"]), row["zone"], int(row["days"]))
            for row in csv.DictReader(file)
        )


def days_until_time_out(zone: str, shipped_on: date) -> int | None:
    """The rule on the day of shipping, by zone; None without a rule."""
    fitting = [(since, days) for since, z, days in _rules() if z == zone and since <= shipped_on]
    return max(fitting)[1] if fitting else None
