"""Limits by name and day, from tables of dated rules with their source."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import needed_rule_on, read_rules, span_of


class Limit(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    name: str
    most: int
    source: str


def limit_on(path: Path, name: str, day: date | None = None) -> int:
    """The limit of this name in a table, on a day (today by default).

    Raises ValueError, with the line, for an invalid row of the table.
    """
    of_name = (rule for rule in _limits(path) if rule.name == name)
    return needed_rule_on(of_name, day or timezone.now().date()).most


@cache
def _limits(path: Path) -> tuple[Limit, ...]:
    return read_rules(path, _limit)


def _limit(row: dict[str, str]) -> Limit:
    most = int(row["most"])
    if most < 1 or not row["source"].strip():
        raise ValueError("the limit or its source is missing or wrong")
    return Limit(*span_of(row), row["name"], most, row["source"])
