"""The embedded engine as if it were far away: a process and a database of its own, over HTTP.

For what needs two engines at once. ``running`` starts it and hands out an App's token; the process
ends with its standard input.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Remote:
    """Where the engine is, and the token of the App that is installed there."""

    api_url: str
    token: str


@contextmanager
def running(folder: Path) -> Iterator[Remote]:
    """Start an empty engine; its pictures lie in ``folder``."""
    # The other process imports this file before it has made Django ready.
    from tests import databases

    usual = settings.DATABASE_ADDRESS
    name = f"{usual.name}_remote"
    server = databases.server()
    address = databases.copy(databases.at(server, databases.template(server)), name)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        "DATABASE_URL": address.url,
        "TWIZA_DATA_DIR": str(folder),
        "SALEOR_API_URL": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.remote_engine"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Remote(**json.loads(process.stdout.readline()))
    finally:
        process.communicate()
        databases.drop(address)


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        from django.db import connections

        from marketplace.embedded.transport import EmbeddedTransport

        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = httpx.Request(
            self.command, f"http://engine{self.path}", headers=dict(self.headers), content=body
        )
        response = EmbeddedTransport().handle_request(request)
        self.send_response(response.status_code)
        kind = response.headers.get("Content-Type", "application/json")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        self.wfile.write(response.content)
        connections.close_all()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until the standard input ends."""
    import django

    django.setup()
    from marketplace.embedded import bootstrap, unit_of_work
    from marketplace.embedded.installed_apps.tokens import new_token, save_token
    from marketplace.embedded.models import App
    from marketplace.saleor.manifest import PERMISSIONS

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    domain = f"127.0.0.1:{server.server_port}"
    bootstrap.bootstrap(domain=domain, admin_email="op@example.org", admin_password="x" * 12)
    with unit_of_work.write():
        app = App.objects.create(
            name="Twiza",
            identifier=settings.SALEOR_APP_IDENTIFIER,
            permissions=sorted(PERMISSIONS),
        )
        token = new_token()
        save_token(app, token)
    Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(json.dumps({"api_url": f"http://{domain}/graphql/", "token": token}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
