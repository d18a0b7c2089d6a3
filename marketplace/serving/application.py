"""The ASGI application that the web server calls."""

import io
import logging
from functools import partial

from marketplace.core.files import is_disk_full
from marketplace.core.uploads import ORDINARY_BYTES, most_body_bytes
from marketplace.serving.answers import Answer, Scope, Send, environment, run
from marketplace.serving.bodies import (
    BodyTooLarge,
    BodyTooSlow,
    ClientGone,
    NoRoomForBody,
    Receive,
    Room,
    discard,
)
from marketplace.serving.lanes import Lane, Overloaded
from marketplace.serving.refusals import BAD, TOO_LARGE, TOO_SLOW, refuse
from marketplace.web.failures import BUSY, NO_SPACE
from marketplace.wsgi import application as pages

logger = logging.getLogger(__name__)

LIVE = "/health/live"
_LIVE = Answer(
    200,
    [
        (b"content-type", b"application/json"),
        (b"content-length", b"17"),
        (b"cache-control", b"no-store"),
    ],
    b'{"state": "live"}',
)
# Few threads: pages compute in turns, and each thread keeps a connection to the database.
_work = Lane("page", threads=4, queue=64, seconds=15)
# Files are read and photographs decoded beside them: some take seconds.
_files = Lane("file", threads=2, queue=16, seconds=60)
# Readiness and figures wait for no page.
_health = Lane("health", threads=1, queue=16, seconds=5)
_room = Room()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the request, run the page in a thread, send its answer."""
    if scope["path"] == LIVE and scope["method"] in ("GET", "HEAD"):
        await _LIVE.send(send)
        return
    try:
        answer = await _answer(scope, receive)
    except ClientGone:
        return
    except BodyTooLarge:
        await refuse(scope, TOO_LARGE).send(send)
        await discard(receive)
        return
    except BodyTooSlow:
        answer = refuse(scope, TOO_SLOW)
    except (NoRoomForBody, Overloaded):
        answer = refuse(scope, BUSY)
    except OSError as error:
        if not is_disk_full(error):
            raise
        logger.exception("The disk is full.")
        answer = refuse(scope, NO_SPACE)
    await answer.send(send)


async def _answer(scope: Scope, receive: Receive) -> Answer:
    try:
        announced = _announced(scope)
        environ = environment(scope, io.BytesIO())
    except ValueError:
        return refuse(scope, BAD)
    lane = _health if scope["path"].startswith("/health/") else _work
    if announced == 0:
        return await lane.run(partial(run, pages, environ), receive)
    if (largest := most_body_bytes(scope["path"])) > ORDINARY_BYTES:
        lane = _files
    with _room.body(receive, largest) as body:
        await body.read(announced)
        return await lane.run(partial(run, pages, environ | {"wsgi.input": body.file}), receive)


def _announced(scope: Scope) -> int | None:
    """How many bytes follow; None when the head does not say. Raises ValueError."""
    headers = dict(scope["headers"])
    if (length := headers.get(b"content-length")) is not None:
        if not length.isdigit():
            raise ValueError("not a length")
        return int(length)
    return None if b"transfer-encoding" in headers else 0
