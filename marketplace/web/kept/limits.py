"""How much of unfinished forms is kept and for how long, as dated rules.

They stand in ``data/limits.csv``: ``days_kept`` and ``visitor_hours`` are times, ``mark_days`` says
how long after opening a page its forms are still known, the others are counts and bytes.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import needed_rule_on, read_rules, span_of

LIMITS_FILE = Path(__file__).parent / "data" / "limits.csv"


class Limit(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    name: str
    most: int
    source: str


@cache
def known_limits() -> tuple[Limit, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(LIMITS_FILE, _limit)


def limit(name: str, *, on: date | None = None) -> int:
    """The limit of this name on a day (today by default)."""
    of_name = (rule for rule in known_limits() if rule.name == name)
    return needed_rule_on(of_name, on or timezone.now().date()).most


def _limit(row: dict[str, str]) -> Limit:
    most = int(row["most"])
    if most < 1 or not row["source"].strip():
        raise ValueError("the limit or its source is missing or wrong")
    return Limit(*span_of(row), row["name"], most, row["source"])
