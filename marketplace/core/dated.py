"""Dated rules: read from a CSV file, selected by day."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

Rule = TypeVar("Rule")
Row = dict[str, str]


def read_rules(path: Path, rule_of: Callable[[Row], Rule]) -> tuple[Rule, ...]:
    """Read a file of rules; raises ValueError, with the line, for an invalid row."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        found = []
        for row in table:
            try:
                found.append(rule_of(row))
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path.name}, line {table.line_num}: {error}") from error
    return tuple(found)


def span_of(row: Row) -> tuple[date, date | None]:
    """``valid_from`` and ``valid_to`` of a row; the latter empty: until further notice."""
    ends = row["valid_to"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(ends) if ends else None


def holds_on(day: date, valid_from: date, valid_to: date | None) -> bool:
    """Whether a day is in the period from ``valid_from`` until the day before ``valid_to``."""
    return valid_from <= day and (valid_to is None or day < valid_to)
