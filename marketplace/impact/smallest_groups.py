"""How many cooperatives a figure must cover in files that name nobody, as dated rules.

They stand in ``data/smallest_groups.csv``; a programme's own row goes before the general one.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of

FILE = Path(__file__).resolve().parent / "data" / "smallest_groups.csv"


class SmallestGroup(NamedTuple):
    """One rule: the least number of cooperatives, and who decided it.

    A table as fine as possible is published that still has ``published_percent`` of the sales.
    """

    valid_from: date
    valid_to: date | None
    programme: str
    cooperatives: int
    published_percent: int
    source: str


@cache
def known_rules() -> tuple[SmallestGroup, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(FILE, _rule_of)


def smallest_group(programme: str, on: date) -> SmallestGroup:
    """The rule for a programme (its slug) on a day; raises LookupError without one."""
    fitting = (rule for rule in known_rules() if rule.programme in {"", programme})
    return needed_rule_on(fitting, on, is_own=lambda rule: bool(rule.programme))


def _rule_of(row: Row) -> SmallestGroup:
    least, percent = int(row["cooperatives"]), int(row["published_percent"])
    if least < 1 or percent not in range(101) or not row["source"].strip():
        raise ValueError("a number is out of its range, or the source is missing")
    return SmallestGroup(*span_of(row), row["programme"], least, percent, row["source"])
