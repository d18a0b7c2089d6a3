"""How long results are kept and how much one person may ask for, as dated rules.

They stand in ``data/limits.csv``: ``days_kept`` (from the end of a job until its row and its result
are deleted) and ``active_of_one`` (jobs of one person that wait or run).
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
