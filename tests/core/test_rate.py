"""How often one address may ask."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from marketplace.core import rate
from marketplace.core.rate import RateLimit, address_of


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


@pytest.mark.parametrize(
    ("behind", "told", "seen"),
    [
        (False, "9.9.9.9", "192.0.2.1"),
        (True, "9.9.9.9, 198.51.100.7", "198.51.100.7"),
        (True, "", "192.0.2.1"),
        (True, "2001:db8:1:2:3::4", "2001:0db8:0001:0002"),
        (True, "nonsense", "nonsense"),
    ],
)
def test_who_asks_is_believed_of_a_known_proxy_only(
    settings: Settings, behind: bool, told: str, seen: str
) -> None:
    settings.BEHIND_PROXY = behind
    headers = {"X-Forwarded-For": told} if told else {}
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)
    assert address_of(request) == seen
