"""How long things may take before they are a difference: dated, sourced, by programme."""

from datetime import date, timedelta

import pytest

from marketplace.payouts.reconciliation import times
from marketplace.payouts.reconciliation.times import NAMES, rule_of, time_for

DAY = date(2026, 11, 26)
ROW = {
    "valid_from": "2024-01-01", "valid_to": "", "programme": "", "name": "heard_after",
    "hours": "2", "source": "contract",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_has_a_rule_today(name: str) -> None:
    assert time_for(name, on=DAY) > timedelta(0)


def test_a_programmes_own_rule_of_the_day_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (
        rule_of(ROW),
        rule_of(ROW | {"programme": "jisr", "hours": "5", "valid_to": "2026-11-26"}),
        rule_of(ROW | {"programme": "jisr", "hours": "6", "valid_from": "2026-11-26"}),
    )
    monkeypatch.setattr(times, "known_times", lambda: rules)

    assert time_for("heard_after", on=DAY) == timedelta(hours=2)
    assert time_for("heard_after", on=DAY, programme="jisr") == timedelta(hours=6)
    assert time_for("heard_after", on=date(2026, 11, 25), programme="jisr") == timedelta(hours=5)


@pytest.mark.parametrize("wrong", [{"name": "perhaps"}, {"hours": "0"}, {"source": " "}])
def test_a_row_that_is_no_rule_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="missing or wrong"):
        rule_of(ROW | wrong)
