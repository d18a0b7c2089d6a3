"""The processes of a demo: started, watched and ended together."""

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres import PostgresUnavailable, ensure_running, is_initialised
from marketplace.core.postgres_processes import is_running
from marketplace.demo.errors import DemoRefused
from marketplace.supervisor import LOOK_SECONDS, GaveUp, Part


def check_port(port: int, host: str) -> None:
    """Raise DemoRefused when the port is taken, with the next one to try."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DemoRefused(
                f"port {port} cannot be used ({error.strerror}). Choose another one: "
                f"twiza demo --port {port + 1}"
            ) from error


class DatabaseStart:
    """PostgreSQL of a folder, which is made and started while this process does other things."""

    def __init__(self, folder: Path) -> None:
        self.is_new = not is_initialised(folder)
        self._told: Future[DatabaseAddress] = Future()
        pool = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._done = pool.submit(ensure_running, folder, told=self._told.set_result)
        pool.shutdown(wait=False)

    def address(self) -> DatabaseAddress:
        """Where it will answer. Raises PostgresUnavailable."""
        wait([self._told, self._done], return_when=FIRST_COMPLETED)
        return self._told.result() if self._told.done() else self._done.result()

    def wait(self) -> None:
        """Wait until it answers. Raises PostgresUnavailable."""
        self._done.result()

    def end(self) -> None:
        """Wait until nothing of it is under way any more, however that ended."""
        wait([self._done])


def wait_for(port: int, web: Part, path: str) -> None:
    """Wait until a page responds, for at most a minute; raises DemoRefused when none does."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.has_ended():
            raise DemoRefused("the web server did not start; its message stands above.")
        with suppress(urllib.error.URLError, TimeoutError):
            urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30).close()
            return
        time.sleep(0.05)
    raise DemoRefused("the web server did not answer within a minute.")


def watch(parts: Sequence[Part], folder: Path) -> int:
    """Keep all parts and PostgreSQL running; returns 1 when one of them cannot be kept.

    Ctrl-C and SIGTERM arrive as KeyboardInterrupt.
    """
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            _keep_database(folder)
            for part in parts:
                part.look()
    except (GaveUp, PostgresUnavailable) as reason:
        print(f"twiza demo: {reason} Stopping the rest.", file=sys.stderr)
        return 1


def _keep_database(folder: Path) -> None:
    """Start PostgreSQL again, at its address: the parts connect again by themselves."""
    if not is_running(folder):
        print("PostgreSQL ended by itself; starting it again.", file=sys.stderr)
        ensure_running(folder)
