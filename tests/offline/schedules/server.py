"""The shop's real server in this process, each connection in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Any], Any]


class Liar:
    """A network between the phone and the shop that answers itself what the phone sends.

    Here and not in the browser, where a request may pass by what should hold it up.
    """

    def __init__(self, shop: Application) -> None:
        self.shop, self.says = shop, ""

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        is_sent = environ["REQUEST_METHOD"] == "POST"
        if not (self.says and is_sent and environ["PATH_INFO"].endswith("/offline/sync/")):
            return self.shop(environ, start)
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        kind = "text/html" if self.says.startswith("<") else "application/json"
        start("200 OK", [("Content-Type", kind)])
        return [self.says.encode()]


class _Quiet(WSGIRequestHandler):
    # Head and body are two writes: the second would wait for the first one's acknowledgement.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Nothing to read here."""


@contextmanager
def served(application: Application | None = None) -> Iterator[str]:
    """The address under which the shop answers, or something before it."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(application or get_wsgi_application())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
