"""Threads that run pages: a few, with a short queue before them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from marketplace.serving.bodies import ClientGone, Receive

Result = TypeVar("Result")


class Overloaded(Exception):
    """More wait than can be served in time."""


class Lane:
    """``threads`` that work, and at most ``queue`` requests that wait, for ``seconds`` each."""

    def __init__(self, name: str, *, threads: int, queue: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._free = asyncio.Semaphore(threads)
        self._queue, self._seconds = queue, seconds
        self._waiting = 0

    async def run(self, work: Callable[[], Result], receive: Receive) -> Result:
        """Run it in a thread. Raises Overloaded; ClientGone when nobody waits any more."""
        if self._free.locked():
            await self._wait(receive)
        else:
            await self._free.acquire()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._free.release()

    async def _wait(self, receive: Receive) -> None:
        if self._waiting >= self._queue:
            raise Overloaded
        self._waiting += 1
        turn = asyncio.ensure_future(self._free.acquire())
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait(
                {turn, gone}, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if turn.done():
                return
            raise ClientGone if gone.done() else Overloaded
        finally:
            self._waiting -= 1
            gone.cancel()
            if not turn.done():
                turn.cancel()
                with suppress(asyncio.CancelledError):
                    await turn


async def _until_gone(receive: Receive) -> None:
    """Return when the client hung up; the body has been read."""
    while (await receive())["type"] == "http.request":
        pass
