"""Our fake of Stripe behind a real address, so that it outlives the processes that ask it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.fakes.stripe import FakeStripe


@contextmanager
def served(fake: FakeStripe) -> Iterator[str]:
    """Serve a fake on a free port of this machine; gives its address."""
    one_at_a_time = threading.Lock()

    class Door(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            with one_at_a_time:
                content, status, headers = fake.request(
                    self.command.lower(), f"http://fake{self.path}", dict(self.headers), body
                )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            sent = content.encode() if isinstance(content, str) else content
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
