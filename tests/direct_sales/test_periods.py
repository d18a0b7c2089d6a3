"""A month or a quarter and the one before it, whatever the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from marketplace.direct_sales.periods import MONTHS, Span, period_of

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_one_that_goes_on_has_the_same_days_before() -> None:
    found = period_of("month", date(2026, 12, 2))
    assert found.now == Span(date(2026, 12, 1), date(2026, 12, 2))
    assert found.before == Span(date(2026, 11, 1), date(2026, 11, 2))
    assert not found.is_over
    found = period_of("quarter", date(2026, 2, 10))
    assert found.now == Span(date(2026, 1, 1), date(2026, 2, 10))
    assert found.before == Span(date(2025, 10, 1), date(2025, 11, 10))


def test_one_that_is_over_is_whole_and_so_is_the_one_before() -> None:
    found = period_of("month", date(2026, 4, 30), back=1)
    assert found.now == Span(date(2026, 3, 1), date(2026, 3, 31))
    assert found.before == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert found.is_over
    found = period_of("quarter", date(2026, 1, 1), back=1)
    assert found.now == Span(date(2025, 10, 1), date(2025, 12, 31))


def test_a_longer_month_is_not_compared_with_days_of_its_own() -> None:
    found = period_of("month", date(2026, 3, 31))
    assert found.before == Span(date(2026, 2, 1), date(2026, 2, 28))


@given(today=DAYS, kind=st.sampled_from(sorted(MONTHS)), back=st.integers(0, 40))
def test_periods_follow_one_another(today: date, kind: str, back: int) -> None:
    found = period_of(kind, today, back)
    earlier = period_of(kind, today, back + 1)
    assert found.before.first == earlier.now.first
    assert found.before.last <= earlier.now.last == found.now.first - timedelta(days=1)
    assert found.now.first <= found.now.last <= today
    assert found.is_over == (back > 0)
