"""A few threads with a short queue: what does not fit is refused, who hung up is forgotten."""

import asyncio
import threading

import pytest

from marketplace.serving.bodies import ClientGone
from marketplace.serving.lanes import Lane, Overloaded
from tests.serving.asking import Client


def test_beyond_threads_and_queue_it_is_refused_at_once() -> None:
    async def try_it() -> list[object]:
        lane = Lane("test", threads=1, queue=1, seconds=60)
        started, release = threading.Event(), threading.Event()

        def hold() -> str:
            started.set()
            release.wait()
            return "held"

        first = asyncio.ensure_future(lane.run(hold, Client().receive))
        await asyncio.to_thread(started.wait)
        second = asyncio.ensure_future(lane.run(lambda: "waited", Client().receive))
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await lane.run(lambda: "too much", Client().receive)
        release.set()
        return [await first, await second, await lane.run(lambda: "free again", Client().receive)]

    assert asyncio.run(try_it()) == ["held", "waited", "free again"]


def test_who_waits_too_long_is_refused_and_who_hung_up_forgotten() -> None:
    async def try_it() -> object:
        lane = Lane("test", threads=1, queue=5, seconds=0.05)
        started, release = threading.Event(), threading.Event()

        def hold() -> None:
            started.set()
            release.wait()

        first = asyncio.ensure_future(lane.run(hold, Client().receive))
        await asyncio.to_thread(started.wait)
        ran: list[str] = []
        with pytest.raises(Overloaded):
            await lane.run(lambda: ran.append("late"), Client().receive)
        with pytest.raises(ClientGone):
            await lane.run(lambda: ran.append("gone"), Client(gone=True).receive)
        release.set()
        await first
        await lane.run(lambda: ran.append("next"), Client().receive)
        return ran

    assert asyncio.run(try_it()) == ["next"]


def test_a_page_that_fails_gives_its_thread_back() -> None:
    async def try_it() -> str:
        lane = Lane("test", threads=1, queue=0, seconds=60)
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: str(1 // 0), Client().receive)
        return await lane.run(lambda: "works", Client().receive)

    assert asyncio.run(try_it()) == "works"
