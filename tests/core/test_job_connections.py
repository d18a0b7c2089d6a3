"""The workers of jobs hear of one at once, and do not look for it meanwhile."""

import asyncio
from typing import Any

import pytest
from procrastinate.contrib.django.utils import connector_params

from marketplace.core.job_connections import (
    LONGEST_WAIT_SECONDS,
    PatientConnection,
    job_connector,
)

# What never comes ends a test after so long: less than a connection sleeps at most.
PATIENCE = LONGEST_WAIT_SECONDS / 2


async def first_heard(listener: PatientConnection) -> str:
    [heard] = [one async for one in listener.notifies(stop_after=1)]
    return heard.payload


async def hear_one(monkeypatch: pytest.MonkeyPatch, delays: list[float]) -> str:
    """The first that is announced to a connection, which notes for how long it means to sleep."""
    loop = asyncio.get_running_loop()
    call_later = loop.call_later

    def note(delay: float, *more: Any) -> asyncio.TimerHandle:
        delays.append(delay)
        return call_later(delay, *more)

    async with await PatientConnection.connect(**connector_params(), autocommit=True) as listener:
        await listener.execute("LISTEN of_a_test")
        hearing = asyncio.create_task(first_heard(listener))
        monkeypatch.setattr(loop, "call_later", note)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        monkeypatch.undo()
        async with await PatientConnection.connect(**connector_params(), autocommit=True) as other:
            await other.execute("NOTIFY of_a_test, 'a job'")
        return await asyncio.wait_for(hearing, PATIENCE)


@pytest.mark.django_db
def test_a_listening_connection_sleeps_and_hears_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    delays: list[float] = []

    assert asyncio.run(hear_one(monkeypatch, delays)) == "a job"

    assert delays == [LONGEST_WAIT_SECONDS]


@pytest.mark.django_db
def test_the_workers_of_jobs_use_such_connections() -> None:
    async def kind() -> type[object]:
        connector = job_connector()
        await connector.open_async()
        try:
            async with connector.pool.connection() as connection:
                return type(connection)
        finally:
            await connector.close_async()

    assert asyncio.run(kind()) is PatientConnection
