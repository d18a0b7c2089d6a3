"""Limits that all processes count together."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from marketplace.core import throttle
from marketplace.core.models import ThrottleCount
from marketplace.core.throttle import Limit, TooSoon, Use

THREE = Limit("three", 3, timedelta(minutes=3))


@pytest.fixture(autouse=True)
def limits_hold(settings: Settings) -> None:
    settings.THROTTLES = True


@pytest.mark.django_db
def test_so_many_at_once_then_one_each_part_of_the_time() -> None:
    assert [throttle.take(THREE, "a") for _ in range(3)] == [0, 0, 0]
    assert 55 <= throttle.take(THREE, "a") <= 60
    assert throttle.take(THREE, "b") == 0
    later(60)
    assert throttle.take(THREE, "a") == 0
    assert throttle.take(THREE, "a") > 0
    later(600)
    assert [throttle.take(THREE, "a") > 0 for _ in range(4)] == [False, False, False, True]


@pytest.mark.django_db
def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    assert [throttle.take(THREE, "a") for _ in range(3)] == [0, 0, 0]
    ThrottleCount.objects.update(free_at=timezone.now() + timedelta(hours=1))
    assert [throttle.take(THREE, "a") > 0 for _ in range(4)] == [False, False, False, True]


@pytest.mark.django_db
def test_a_refused_one_is_not_counted_and_a_returned_one_neither() -> None:
    assert throttle.take(THREE, "a", count=2) == 0
    assert throttle.take(THREE, "a", count=2) > 0
    assert throttle.take(THREE, "a") == 0
    throttle.give_back(THREE, "a")
    assert throttle.take(THREE, "a") == 0
    assert throttle.take(THREE, "a") > 0


@pytest.mark.django_db
def test_more_than_the_whole_counts_as_the_whole() -> None:
    assert throttle.take(THREE, "a", count=50) == 0
    assert throttle.take(THREE, "a") > 0


@pytest.mark.django_db
def test_of_several_limits_none_is_counted_when_one_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        throttle, "limit_of", lambda name: Limit(name, int(name), timedelta(hours=1))
    )
    throttle.require(Use("2", "x"), Use("1", "y"))
    for _ in range(3):
        with pytest.raises(TooSoon):
            throttle.require(Use("2", "x"), Use("1", "y"))
    throttle.require(Use("2", "x"))
    with pytest.raises(TooSoon) as refused:
        throttle.require(Use("2", "x"))
    assert 1_000 < refused.value.seconds <= 1_800


@pytest.mark.django_db
def test_no_address_can_be_read_in_the_table() -> None:
    throttle.take(THREE, "buyer@example.org")
    row = ThrottleCount.objects.get()
    assert "buyer" not in row.key
    assert len(row.key) == 64


@pytest.mark.django_db
def test_what_is_free_again_is_forgotten() -> None:
    throttle.take(THREE, "a")
    throttle.take(THREE, "b", count=3)
    later(90)
    assert throttle.forget_free() == 1
    assert throttle.take(THREE, "b") == 0


@pytest.mark.django_db
def test_switched_off_nothing_is_counted(settings: Settings) -> None:
    settings.THROTTLES = False
    assert [throttle.take(THREE, "a") for _ in range(9)] == [0] * 9
    assert not ThrottleCount.objects.exists()


@pytest.fixture
def at_once(transactional_db: None) -> Iterator[Callable[[Callable[[], int], int], list[int]]]:
    """Run a function in so many threads at once, each with a connection of its own."""

    def run(act: Callable[[], int], times: int) -> list[int]:
        together, found = threading.Barrier(times), []

        def one() -> None:
            together.wait()
            found.append(act())
            connections.close_all()

        threads = [threading.Thread(target=one) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    return run


def test_of_many_at_once_exactly_so_many_pass(
    at_once: Callable[[Callable[[], int], int], list[int]],
) -> None:
    waits = at_once(lambda: throttle.take(THREE, "a"), 12)
    assert sorted(wait > 0 for wait in waits) == [False] * 3 + [True] * 9


def test_every_limit_has_a_source_and_holds_today() -> None:
    rules = throttle.known_throttles()
    assert rules
    for rule in rules:
        assert throttle.limit_of(rule.limit.name).count > 0
    with pytest.raises(KeyError):
        throttle.limit_of("unknown")


@pytest.mark.parametrize(
    ("language", "seconds", "text"),
    [
        ("en", 10, "Too many attempts. Try again in 1 minute."),
        ("fr", 61, "Trop de tentatives. Réessayez dans 2 minutes."),
        ("ar", 120, "محاولات كثيرة جدا. أعيدوا المحاولة بعد دقيقتين."),
    ],
)
def test_a_refusal_says_when_to_come_back(language: str, seconds: int, text: str) -> None:
    with override(language):
        assert str(TooSoon(seconds=seconds)) == text


def later(seconds: int) -> None:
    """As if so much time had passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_throttlecount SET free_at = free_at - %s * interval '1 second'", [seconds]
        )
    assert timezone.now()
