"""A worker of jobs goes on when the database was away, and stops when it is told to."""

import asyncio
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import psycopg
import psycopg_pool
import pytest
from asgiref.sync import sync_to_async
from procrastinate.exceptions import ConnectorException

from marketplace.core import worker
from marketplace.core.queues import Queue
from marketplace.core.worker import is_database_lost


def connector_error(cause: Exception) -> ConnectorException:
    error = ConnectorException("Database error.")
    error.__cause__ = cause
    return error


LOST = connector_error(psycopg_pool.PoolTimeout("couldn't get a connection after 30.00 sec"))
BROKEN = connector_error(psycopg.errors.UndefinedTable("no such table"))


@pytest.mark.parametrize(
    ("error", "is_lost"),
    [
        (LOST, True),
        (
            ExceptionGroup("jobs", [LOST, connector_error(psycopg.OperationalError("refused"))]),
            True,
        ),
        (BROKEN, False),
        (ExceptionGroup("jobs", [LOST, BROKEN]), False),
        (ExceptionGroup("jobs", [ExceptionGroup("queue", [LOST])]), True),
        # What its pool raises while it opens.
        (psycopg_pool.PoolTimeout("pool initialization incomplete after 30.0 sec"), True),
        (ValueError("a mistake"), False),
    ],
)
def test_only_a_lost_database_is_waited_for(error: Exception, is_lost: bool) -> None:
    assert is_database_lost(error) is is_lost


def keep_working(monkeypatch: pytest.MonkeyPatch, *outcomes: Exception | None) -> int:
    """How often the jobs were begun until they were told to stop, or raised."""
    stopping, left = asyncio.Event(), list(outcomes)

    async def work(_queues: Collection[Queue], _missed: Collection[str], *, wait: bool) -> None:
        assert wait
        outcome = left.pop(0)
        if not left:
            stopping.set()
        if outcome is not None:
            raise outcome

    monkeypatch.setattr(worker, "_work_connected", work)
    monkeypatch.setattr(worker, "RECONNECT_SECONDS", 0.01)
    asyncio.run(worker._keep_working(tuple(Queue), (), stopping))
    return len(outcomes) - len(left)


def test_jobs_are_taken_up_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lost = ExceptionGroup("jobs", [LOST])
    assert keep_working(monkeypatch, lost, lost, None) == 3
    assert len(caplog.records) == 2


def test_told_to_stop_while_the_database_is_unavailable_it_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert keep_working(monkeypatch, ExceptionGroup("jobs", [LOST])) == 1


def test_a_mistake_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExceptionGroup):
        keep_working(monkeypatch, ExceptionGroup("jobs", [BROKEN]), None)


class FakeWorkers:
    """Workers of jobs of which the first, who also asks by the clock, ends by itself."""

    def __init__(self) -> None:
        self.connector = self
        self.begun: list[str] = []
        self.stopped: list[str] = []

    def with_connector(self, _connector: object) -> "FakeWorkers":
        return self

    @asynccontextmanager
    async def open_async(self) -> AsyncIterator[None]:
        assert not self.begun
        yield

    async def run_worker_async(self, *, name: str, **_more: object) -> None:
        self.begun.append(name)
        try:
            await asyncio.sleep(0 if name == self.begun[0] else 3600)
        finally:
            self.stopped.append(name)


def test_when_one_worker_of_jobs_ends_all_are_begun_again() -> None:
    workers = FakeWorkers()
    queues = list(Queue)
    asyncio.run(asyncio.wait_for(worker.work_job_queues(workers, queues, wait=True), 30))  # type: ignore[arg-type]
    assert workers.stopped[0] == queues[0].value
    assert sorted(workers.stopped) == sorted(queue.value for queue in queues)


def test_each_beginning_renews_the_connection_by_which_the_clock_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers, renewed_in = FakeWorkers(), []
    monkeypatch.setattr("procrastinate.contrib.django.app", workers)
    monkeypatch.setattr(
        worker.connections, "close_all", lambda: renewed_in.append(threading.current_thread())
    )

    async def begin_twice() -> threading.Thread:
        for _ in range(2):
            await worker._work_connected(list(Queue), (), wait=True)
            workers.begun.clear()
        return await sync_to_async(threading.current_thread)()

    assert [asyncio.run(begin_twice())] * 2 == renewed_in
