"""The shop's real server in this process, each connection in a thread of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _Quiet(WSGIRequestHandler):
    # Head and body are two writes: the second would wait for the first one's acknowledgement.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Nothing to read here."""


@contextmanager
def served() -> Iterator[str]:
    """The address under which the shop answers."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
