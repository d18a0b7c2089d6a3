"""Of dated rules for one thing, one holds on a day."""

from datetime import date
from typing import NamedTuple

import pytest

from marketplace.core.dated import needed_rule_on, rule_on


class Rule(NamedTuple):
    """What is promised, from a day until the day before another."""

    valid_from: date
    valid_to: date | None
    programme: str
    days: int


RULES = (
    Rule(date(2025, 1, 1), date(2026, 1, 1), "", 14),
    Rule(date(2026, 1, 1), None, "", 10),
    Rule(date(2026, 6, 1), None, "", 7),
    Rule(date(2025, 3, 1), date(2026, 9, 1), "atlas", 21),
)


def days_on(day: date, *, own: bool = False) -> int:
    rules = [rule for rule in RULES if own or not rule.programme]
    return needed_rule_on(rules, day, is_own=lambda rule: bool(rule.programme)).days


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2025, 12, 31), 14),
        (date(2026, 1, 1), 10),
        (date(2026, 5, 31), 10),
        (date(2026, 6, 1), 7),
    ],
)
def test_the_rule_that_began_last_holds_until_the_day_before_its_end(day: date, days: int) -> None:
    assert days_on(day) == days


def test_a_programmes_own_rule_goes_first_while_it_holds() -> None:
    assert [days_on(date(2026, month, 1), own=True) for month in (7, 8, 9)] == [21, 21, 7]


def test_without_a_rule_there_is_none() -> None:
    day = date(2024, 12, 31)
    assert rule_on(RULES, day) is None
    with pytest.raises(LookupError, match="2024-12-31"):
        needed_rule_on(RULES, day)
