"""The worker wakes when there is work, and otherwise looks seldom."""

import re
import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.core import loops, wakeups
from marketplace.core.events import Event, publish
from marketplace.core.wakeups import Wakeups, woken_by
from marketplace.core.worker import running
from marketplace.jobs import worker_loops

# What never comes ends a test after so long; what is looked for by itself comes later than that.
PATIENCE, NEVER = 60, 1000.0


class SomethingHappened(Event):
    aggregate = "thing"


def happen() -> None:
    with transaction.atomic():
        publish(SomethingHappened(aggregate_id=uuid.uuid4(), occurred_at=timezone.now()))


class CountingLoop:
    """Says each time that it looked."""

    __name__ = "counting"

    def __init__(self, *tables: str) -> None:
        self.woken_by = tables
        self.looked = threading.Semaphore(0)

    def __call__(self) -> int:
        self.looked.release()
        return 0

    def looks(self, within: float = PATIENCE) -> bool:
        return self.looked.acquire(timeout=within)


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DOMAIN_EVENT_HANDLERS = f"{__name__}.HANDLERS"  # type: ignore[attr-defined]
    for name in ("IDLE_SECONDS", "LONGEST_IDLE_SECONDS", "LONGEST_UNHEARD_SECONDS"):
        monkeypatch.setattr(loops, name, NEVER)


HANDLERS = {"SomethingHappened": ("somebody.hears",)}


def settle(loop: CountingLoop) -> None:
    """Its first looks: when it starts, and when the listener has begun."""
    assert loop.looks()
    assert loop.looks()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sleepy")
def test_a_new_event_wakes_the_loops_of_its_table_and_no_others() -> None:
    of_events, of_refunds = CountingLoop("core_eventdelivery"), CountingLoop("payments_refund")
    with running([of_events, of_refunds]):
        settle(of_events)
        settle(of_refunds)

        happen()

        assert of_events.looks()
        assert not of_refunds.looks(within=0.3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sleepy")
def test_what_is_rolled_back_wakes_nobody() -> None:
    loop = CountingLoop("core_eventdelivery")
    with running([loop]):
        settle(loop)

        with transaction.atomic():
            happen()
            transaction.set_rollback(True)

        assert not loop.looks(within=0.3)
        happen()
        assert loop.looks()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sleepy")
def test_a_listener_whose_connection_is_cut_listens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wakeups, "RETRY_SECONDS", 0.0)
    loop = CountingLoop("core_eventdelivery")
    with running([loop]):
        settle(loop)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN %' "
                "AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchall() == [(True,)]
        assert loop.looks()  # it listens again, and has everybody look at what it missed

        happen()
        assert loop.looks()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sleepy")
def test_a_sleeping_worker_stops_at_once() -> None:
    with running([CountingLoop("core_eventdelivery") for _ in range(8)]):
        pass
    assert not [thread for thread in threading.enumerate() if thread.name == "counting"]


def test_nobody_is_woken_by_what_is_not_theirs() -> None:
    @woken_by("a", "b")
    def first() -> int:
        return 0

    def second() -> int:
        return 0

    alarms = Wakeups()
    events = [alarms.sleeper(first), alarms.sleeper(second)]
    alarms.wake("a")
    assert [event.is_set() for event in events] == [True, False]
    alarms.wake_all()
    assert [event.is_set() for event in events] == [True, True]


@pytest.mark.django_db
def test_each_loop_of_the_shop_is_woken_by_tables_that_announce_their_work() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname LIKE '%_announced'"
        )
        announcing = {name for (name,) in cursor.fetchall()}

    def tables(loop: Callable[[], int]) -> set[str]:
        return set(getattr(loop, "woken_by", ()))

    assert all(tables(loop) for loop in worker_loops())
    assert set().union(*map(tables, worker_loops())) == announcing


WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@pytest.mark.django_db
def test_a_loop_without_work_does_not_wake_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that changes no row is announced too, and would call the loop again at once."""
    monkeypatch.setattr("marketplace.saleor.waiting.may_work", lambda: True)
    for loop in worker_loops():
        loop()
        written = set()
        for alias in ("default", "engine"):
            with CaptureQueriesContext(connections[alias]) as asked:
                assert loop() == 0
            written |= {m[1] for q in asked.captured_queries if (m := WRITES.match(q["sql"]))}
        assert not written & set(loop.woken_by), loop.__name__  # type: ignore[attr-defined]
