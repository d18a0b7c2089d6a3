"""A client of the ASGI application, as a web server would be: pieces of a body, then silence."""

import asyncio
from collections.abc import Sequence
from typing import Any

from marketplace.serving.bodies import Message


class Client:
    """Sends the pieces; then, with ``gone``, hangs up, else stays silent."""

    def __init__(self, *pieces: bytes, more: bool = False, gone: bool = False) -> None:
        self.messages = [
            {"type": "http.request", "body": piece, "more_body": more or place < len(pieces) - 1}
            for place, piece in enumerate(pieces)
        ]
        self.gone = gone
        self.answers: list[Message] = []

    async def receive(self) -> Message:
        if self.messages:
            return self.messages.pop(0)
        if self.gone:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def send(self, message: Message) -> None:
        self.answers.append(message)

    @property
    def status(self) -> int:
        return int(self.answers[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.answers[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.answers[1:])


def scope(
    path: str = "/", method: str = "GET", headers: Sequence[tuple[bytes, bytes]] = (), **more: Any
) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 40000),
        **more,
    }
