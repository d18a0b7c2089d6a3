"""Dated rules: read from a CSV file, selected by day."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

Rule = TypeVar("Rule")
Row = dict[str, str]


class Dated(Protocol):
    """A rule with the period in which it holds."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


DatedRule = TypeVar("DatedRule", bound=Dated)


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


def rule_on(
    rules: Iterable[DatedRule],
    day: date,
    *,
    is_own: Callable[[DatedRule], object] = lambda _rule: False,
) -> DatedRule | None:
    """The rule that holds on a day, of those for one thing: of several the one that began last.

    ``is_own`` says which go before the general ones: a programme's, a country's.
    """
    in_force = [rule for rule in rules if holds_on(day, rule.valid_from, rule.valid_to)]
    return max(in_force, key=lambda rule: (is_own(rule), rule.valid_from), default=None)


def needed_rule_on(
    rules: Iterable[DatedRule],
    day: date,
    *,
    is_own: Callable[[DatedRule], object] = lambda _rule: False,
) -> DatedRule:
    """The same of rules that must be there; raises LookupError without one."""
    found = rule_on(rules, day, is_own=is_own)
    if found is None:
        raise LookupError(f"no rule holds on {day}")
    return found
