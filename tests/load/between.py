"""A door between Saleor and Twiza that can be slow, deaf or shut, for some events or for all.

Twiza listens somewhere, this listens beside it, and ``TWIZA_APP_URL`` names this. What it does is
told by ``PUT /_between``: ``{"delay": {"checkout_calculate_taxes": 5}, "status": {"*": 503}}``
(``*`` is every event; seconds before the request goes on; a status instead of an answer, 0 for a
connection that is cut). ``GET /_between`` tells what passed since it was last asked.

    python -m tests.load.between --listen 9115 --to http://127.0.0.1:8000
"""

import argparse
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

CONTROL = "/_between"
# What belongs to one connection, not to the message.
HOP_BY_HOP = {"connection", "content-length", "transfer-encoding", "keep-alive", "date", "server"}


class Door(ThreadingHTTPServer):
    """Where to send requests on, what to do to them, and what has passed."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, to: str) -> None:
        super().__init__(("127.0.0.1", port), _Passing)
        self.to = httpx.Client(base_url=to, timeout=60, trust_env=False)
        self.orders: dict[str, dict[str, float]] = {"delay": {}, "status": {}}
        self.passed: list[dict[str, Any]] = []
        self.lock = threading.Lock()


class _Passing(BaseHTTPRequestHandler):
    server: Door
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == CONTROL:
            with self.server.lock:
                passed, self.server.passed = self.server.passed, []
            self._answer(200, json.dumps(passed).encode(), {"content-type": "application/json"})
        else:
            self._pass_on()

    def do_PUT(self) -> None:
        wanted = json.loads(self._body())
        self.server.orders = {"delay": {}, "status": {}, **wanted}
        self._answer(200, b"{}", {"content-type": "application/json"})

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        event = self.headers.get("Saleor-Event", "").lower()
        body, begun = self._body(), time.monotonic()
        time.sleep(self._told("delay", event) or 0)
        status = self._told("status", event)
        answer = b""
        if status == 0:
            self.close_connection = True
        elif status is not None:
            self._answer(int(status), b"{}", {})
        else:
            status, answer = self._ask(body)
        with self.server.lock:
            self.server.passed.append(
                {
                    "event": event,
                    "at": time.time(),
                    "seconds": round(time.monotonic() - begun, 4),
                    "status": status,
                    "asked": len(body),
                    "answer": answer.decode(errors="replace")[:2000],
                }
            )

    def _ask(self, body: bytes) -> tuple[int, bytes]:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        try:
            found = self.server.to.request(self.command, self.path, content=body, headers=headers)
        except httpx.TransportError:
            self._answer(502, b"{}", {})
            return 502, b""
        told = {
            k: v
            for k, v in found.headers.items()
            if k.lower() not in {*HOP_BY_HOP, "content-encoding"}
        }
        self._answer(found.status_code, found.content, told)
        return found.status_code, found.content

    def _told(self, what: str, event: str) -> float | None:
        orders = self.server.orders[what]
        return orders.get(event, orders.get("*"))

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_args: Any) -> None:
        """Say nothing: what passed is asked for."""


class Control:
    """The door's handle, for the scripts."""

    def __init__(self, app_url: str) -> None:
        self._http = httpx.Client(base_url=app_url, timeout=10, trust_env=False)

    def let(self, **orders: dict[str, float]) -> None:
        """Set what happens to events; without anything, all pass."""
        self._http.put(CONTROL, json=orders).raise_for_status()

    def passed(self) -> list[dict[str, Any]]:
        """What passed since this was last asked."""
        found: list[dict[str, Any]] = self._http.get(CONTROL).raise_for_status().json()
        return found


def main() -> None:
    """Stand between until the process is ended."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--listen", type=int, required=True)
    wanted.add_argument("--to", required=True)
    options = wanted.parse_args()
    Door(options.listen, options.to).serve_forever()


if __name__ == "__main__":
    main()
