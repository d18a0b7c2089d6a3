"""The processes of a demo: started, watched and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from functools import partial

from marketplace.demo.errors import DemoRefused

PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
Child = subprocess.Popen[bytes]


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


def spawn(command: list[str], *, niceness: int = 0) -> Child:
    """Start a process of the demo; one with a higher niceness yields to visitors' pages."""
    return subprocess.Popen(
        command,
        preexec_fn=partial(_die_with_parent, niceness),  # noqa: PLW1509
        start_new_session=True,
    )


def _die_with_parent(niceness: int) -> None:
    """On Linux a child is terminated when the demo itself is killed."""
    os.nice(niceness)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for(port: int, web: Child, path: str) -> None:
    """Wait until a page responds, for at most a minute; raises DemoRefused when none does."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise DemoRefused("the web server did not start; its message stands above.")
        with suppress(urllib.error.URLError, TimeoutError):
            urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30).close()
            return
        time.sleep(0.05)
    raise DemoRefused("the web server did not answer within a minute.")


def watch(children: list[Child]) -> int:
    """Sleep until a child ends by itself; Ctrl-C and SIGTERM arrive as KeyboardInterrupt."""
    while True:
        for child in children:
            # The last one fills the world, and exits with 0 when the world is complete.
            ended = child.poll()
            if ended or (ended == 0 and child is not children[-1]):
                print("A part of the demo stopped by itself; stopping the rest.", file=sys.stderr)
                return 1
        time.sleep(0.5)


def stop_on_signals() -> None:
    """Have SIGTERM and SIGHUP arrive as Ctrl-C does, as KeyboardInterrupt."""

    def interrupt(*_args: object) -> None:
        ignore_signals()
        raise KeyboardInterrupt

    for sign in STOPPING:
        signal.signal(sign, interrupt)


def ignore_signals() -> None:
    """A terminal's Ctrl-C comes twice under `uv run`: the second must not interrupt the cleanup."""
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_IGN)


def end(children: list[Child]) -> None:
    """Terminate all, wait for ten seconds, and kill those still running."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
