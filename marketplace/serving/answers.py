"""Runs the WSGI application to the end in a thread, and keeps what it answers."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from asgiref.wsgi import WsgiToAsgiInstance

from marketplace.serving.bodies import Message

Scope = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]

# Up to here an answer is kept in memory, above on disk.
IN_MEMORY_BYTES = 1024 * 1024
PIECE_BYTES = 128 * 1024


@dataclass
class Answer:
    """Status, headers, and the whole body: bytes, or a file from where it is sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: "bytes | IO[bytes]"

    async def send(self, send: Send) -> None:
        """Send it as fast as it is taken. A slow reader keeps a file open, and no thread."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if isinstance(self.body, bytes):
            await send({"type": "http.response.body", "body": self.body})
            return
        with self.body as file:
            while piece := await asyncio.to_thread(file.read, PIECE_BYTES):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class FileOfAnswer:
    """A file that a view answers with, as WSGI's ``wsgi.file_wrapper``."""

    def __init__(self, file: Any, piece: int = PIECE_BYTES) -> None:
        self.file, self._piece = file, piece

    def __iter__(self) -> "FileOfAnswer":
        return self

    def __next__(self) -> bytes:
        piece: bytes = self.file.read(self._piece)
        if not piece:
            raise StopIteration
        return piece

    def close(self) -> None:
        if close := getattr(self.file, "close", None):
            close()


def run(application: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Call the application, and take its whole answer."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:
        started[:] = [(status, headers)]

    result = application(environ, cast("Any", start_response))
    try:
        kept = _keep(result, is_head=environ["REQUEST_METHOD"] == "HEAD")
    finally:
        if close := getattr(result, "close", None):
            close()
    status, headers = started[0]
    encoded = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
    return Answer(int(status[:3]), encoded, kept)


def environment(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI says it; raises ValueError for a head that it cannot say.

    A header with an underscore is left out: WSGI cannot tell ``X_Real_Ip`` from ``X-Real-Ip``,
    which only a proxy of ours may set.
    """
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    path = unquote_to_bytes(scope["raw_path"]).decode("latin1")
    bridge = cast("Any", WsgiToAsgiInstance)(None)
    bridge.scope = {**scope, "headers": headers}
    made: dict[str, Any] = bridge.build_environ(bridge.scope, body)
    return made | {"PATH_INFO": path, "wsgi.file_wrapper": FileOfAnswer}


def _keep(result: Iterable[bytes], *, is_head: bool) -> "bytes | IO[bytes]":
    """All of an answer: in memory, on disk, or the file itself that it is."""
    if is_head:
        return b""
    if isinstance(result, FileOfAnswer):
        try:
            return os.fdopen(os.dup(result.file.fileno()), "rb")
        except (AttributeError, OSError):  # no file on disk
            pass
    pieces = iter(result)
    first, second = next(pieces, b""), next(pieces, None)
    if second is None:
        return first
    kept = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 -- closed when it was sent
    try:
        kept.write(first)
        kept.write(second)
        for piece in pieces:
            kept.write(piece)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return cast("IO[bytes]", kept)
