"""A running Saleor as the engine under test: its way to the App, and leaving it as it was."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.contract.engine import REAL_URL, Engine, ready
from tests.contract.fake_app import FakeApp

APP_URL = os.environ.get("CONTRACT_APP_URL", "")
READ_SECONDS = 120
_APPS = "{ apps(first: 100, filter: {isActive: true}) { edges { node { id identifier } } } }"
_CHANGE = "mutation($id: ID!) { %s(id: $id) { errors { code message } } }"


def start_real(app: FakeApp) -> Engine:
    """Reach a running Saleor; its App requests come to a small server of ours."""
    http = httpx.Client(timeout=READ_SECONDS, trust_env=False)
    engine = ready(Engine(http, REAL_URL, app, is_real=True))
    app.keys = cache(app.keys)
    return engine


def retire(engine: Engine) -> None:
    """Delete the test's App, so that it is not asked in the next test."""
    with closing(engine.http):
        if engine.app.token:
            app = engine.as_app("{ app { id } }")["app"]["id"]
            ready(engine)  # an administrator's token does not live long
            engine.done(_CHANGE % "appDelete", id=app)


@contextmanager
def alone() -> Iterator[None]:
    """Pause every App that is active: a second one would answer, too."""
    engine = start_real(FakeApp(url=""))
    with closing(engine.http):
        others = [edge["node"] for edge in engine.staff(_APPS)["apps"]["edges"]]
        for other in others:
            engine.done(_CHANGE % "appDeactivate", id=other["id"])
        yield
        ready(engine)
        for other in others:
            if not (other["identifier"] or "").startswith("contract."):
                engine.done(_CHANGE % "appActivate", id=other["id"])


@contextmanager
def listen(app: FakeApp) -> Iterator[None]:
    """Serve the App over HTTP under a path of its own; strangers' requests are not found."""
    address = urlsplit(APP_URL)
    host = "0.0.0.0" if APP_URL else "127.0.0.1"
    server = ThreadingHTTPServer((host, address.port or 0), _handler(app))
    base = APP_URL.rstrip("/") or f"http://127.0.0.1:{server.server_port}"
    previous, app.url = app.url, f"{base}/{app.identifier}"
    for webhook in app.extra_webhooks:
        webhook["targetUrl"] = webhook["targetUrl"].replace(previous, app.url)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def _handler(app: FakeApp) -> type[BaseHTTPRequestHandler]:
    prefix = f"/{app.identifier}"

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status: int = 404
            answer: Any = None
            if self.path.startswith(f"{prefix}/"):
                path = self.path.removeprefix(prefix)
                status, answer = app.handle(self.command, path, headers, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Stay quiet."""

    return Handler
