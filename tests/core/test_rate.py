"""How often one address may ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core import rate
from marketplace.core.rate import RateLimit


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_answered_then_what_the_minute_allows() -> None:
    clock = Clock()
    limit = RateLimit(a_minute=60, burst=3, clock=clock)
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 1]
    assert limit.take("b") == 0
    clock.now = 1
    assert (limit.take("a"), limit.take("a")) == (0, 1)


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=80))
def test_never_more_than_the_burst_and_what_time_gives_back(pauses: list[float]) -> None:
    clock = Clock()
    limit = RateLimit(a_minute=60, burst=5, clock=clock)
    answered = 0
    for pause in pauses:
        clock.now += pause
        answered += limit.take("a") == 0
    assert answered <= 5 + clock.now + 0.001


def test_the_addresses_kept_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST_KEYS", 2)
    limit = RateLimit(a_minute=1, burst=1)
    assert [limit.take(key) for key in ("a", "b", "c", "a")] == [0, 0, 0, 0]
    assert limit.take("c") > 0
