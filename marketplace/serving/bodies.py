"""Reads the body of a request within limits of time and size."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

# In each twenty seconds so much of a body must arrive, or its end: a telephone in the mountains
# sends that much, somebody who only wants to hold a connection sends less. What came fast at first
# earns no time for later.
SECONDS = 20.0
BYTES_EACH = 40 * 1024
# Larger bodies are kept on disk while they arrive.
IN_MEMORY_BYTES = 64 * 1024
# What all bodies that are arriving or being worked on may hold together.
TOGETHER_BYTES = 1024 * 1024 * 1024
# A browser reads our refusal only when it could send on: for so long, what it sends is discarded.
REFUSED_SECONDS = 10.0


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class BodyTooLarge(Exception):
    """The body is larger than this address takes."""


class BodyTooSlow(Exception):
    """The body did not arrive in time."""


class NoRoomForBody(Exception):
    """Bodies that are being worked on take all the room that there is."""


class Room:
    """What the bodies at hand hold together, in bytes.

    When it is full, the body that has been arriving for longest is cut off, so that nobody keeps
    others out by sending slowly.
    """

    def __init__(self, most: int = TOGETHER_BYTES) -> None:
        self.most = most
        self.held = 0
        self._arriving: dict[Body, None] = {}

    @contextmanager
    def body(self, receive: Receive, largest: int) -> Iterator["Body"]:
        """A body to read, whose room is given back at the end."""
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as file:
            body = Body(file, receive, largest, self)
            try:
                yield body
            finally:
                self.held -= body.size

    @contextmanager
    def arriving(self, body: "Body") -> Iterator[None]:
        """Count a body among those that can be cut off."""
        self._arriving[body] = None
        try:
            yield
        finally:
            self._arriving.pop(body, None)

    def make_room(self, newcomer: "Body") -> None:
        """Cut off the body that began to arrive first; raises NoRoomForBody without another one."""
        first = next(iter(self._arriving), newcomer)
        if first is newcomer:
            raise NoRoomForBody
        # Its room is free as soon as it has heard of it.
        del self._arriving[first]
        first.cut_off()


class Body:
    """One body: ``read`` it, then give ``file`` to the page."""

    def __init__(self, file: IO[bytes], receive: Receive, largest: int, room: Room) -> None:
        self.file = file
        self.size = 0
        self._receive, self._largest, self._room = receive, largest, room
        self._deadline: asyncio.Timeout
        self._is_cut_off = False

    async def read(self, announced: int | None) -> None:
        """Read all of it; raises what is wrong with it, or OSError when the disk is full."""
        if announced is not None and announced > self._largest:
            raise BodyTooLarge
        try:
            async with asyncio.timeout(SECONDS) as self._deadline:
                with self._room.arriving(self):
                    await self._read_all()
        except TimeoutError as error:
            raise BodyTooSlow from error
        self.file.seek(0)

    def cut_off(self) -> None:
        """End the reading at once, as if its time had passed."""
        self._is_cut_off = True
        self._deadline.reschedule(asyncio.get_running_loop().time())

    async def _read_all(self) -> None:
        wanted = BYTES_EACH
        while await self._read_on():
            if self.size >= wanted and not self._is_cut_off:
                wanted = self.size + BYTES_EACH
                self._deadline.reschedule(asyncio.get_running_loop().time() + SECONDS)

    async def _read_on(self) -> bool:
        """Take the next piece; whether there is more."""
        message = await self._receive()
        if message["type"] != "http.request":
            raise ClientGone
        piece = message.get("body", b"")
        self.size += len(piece)
        self._room.held += len(piece)
        if self.size > self._largest:
            raise BodyTooLarge
        if self._room.held > self._room.most:
            self._room.make_room(self)
        self.file.write(piece)
        return bool(message.get("more_body"))


async def discard(receive: Receive) -> None:
    """Read on without keeping anything, until the client is done, or for some seconds."""
    try:
        async with asyncio.timeout(REFUSED_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body"):
                    return
    except TimeoutError:
        return
