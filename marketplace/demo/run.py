"""`twiza demo`: one command that starts everything, and stops everything again."""

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from marketplace.core.postgres import PostgresUnavailable, ensure_running, stop
from marketplace.core.secrets import ensure_secrets
from marketplace.process import web_command

HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def default_folder(port: int) -> Path:
    """One world for each port, so that a second copy never meets the first."""
    return Path(".twiza") / str(port)


def run_demo(*, port: int, folder: Path | None) -> int:
    """Start database, engine, worker and shop; returns the exit status once told to stop."""
    folder = (folder or default_folder(port)).resolve()
    try:
        with _only_one(folder, port):
            return _start(port, folder)
    except (DemoRefused, PostgresUnavailable) as refusal:
        print(f"twiza demo: {refusal}", file=sys.stderr)
        return 1


def reset_demo(*, port: int, folder: Path | None, ask: bool) -> int:
    """Forget a world: its database, its pictures, its secrets."""
    folder = (folder or default_folder(port)).resolve()
    if not (folder / "database.json").exists():
        print(f"Nothing to forget: there is no demo world in {folder}.")
        return 0
    if ask and input(f"Forget the demo world in {folder}? [y/N] ").strip().lower() not in {
        "y",
        "yes",
    }:
        print("Nothing was changed.")
        return 1
    try:
        with _only_one(folder, port):
            stop(folder)
            shutil.rmtree(folder)
    except DemoRefused as refusal:
        print(f"twiza reset: {refusal}", file=sys.stderr)
        return 1
    print("Forgotten. `twiza demo` makes a new one.")
    return 0


class DemoRefused(RuntimeError):
    """The demo cannot start; the message says what to do."""


@contextmanager
def _only_one(folder: Path, port: int) -> Iterator[None]:
    """One demo at a time works in a folder; the lock is gone with the process, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "demo.lock").open("w")
    except OSError as error:
        raise DemoRefused(
            f"cannot write to {folder} ({error.strerror}). Choose a folder of yours: "
            f"twiza demo --data DIR"
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoRefused(
                f"a demo runs already with the data in {folder}. For a second one: "
                f"twiza demo --port {port + 1}"
            ) from error
        yield


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise DemoRefused(
                f"port {port} cannot be used ({error.strerror}). Choose another one: "
                f"twiza demo --port {port + 1}"
            ) from error


def _start(port: int, folder: Path) -> int:
    began = time.monotonic()
    _check_port(port)
    children: list[subprocess.Popen[bytes]] = []
    _stop_on_signals()
    try:
        print("Twiza demo: starting PostgreSQL …", flush=True)
        address = ensure_running(folder)
        os.environ |= {
            **ensure_secrets(folder),
            "DATABASE_URL": address.url,
            "TWIZA_DATA_DIR": str(folder),
            "TWIZA_DEMO": "1",
            "TWIZA_PUBLIC_URL": f"http://localhost:{port}",
        }
        (folder / "static").mkdir(exist_ok=True)
        _prepare()
        children.append(_spawn(web_command(host=HOST, port=port, workers=1)))
        _wait_for(port, children[0])
        twiza = [sys.executable, "-m", "marketplace"]
        children.append(_spawn([*twiza, "worker"]))
        children.append(_spawn([*twiza, "manage", "fill_demo"], niceness=10))
        _print_welcome(port, folder, time.monotonic() - began)
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _ignore_signals()
        _end(children)
        stop(folder)


def _prepare() -> None:
    """Bring the database up to date and make enough of the world for the shop to open."""
    import django

    django.setup()
    from django.db import connections

    from marketplace.core.upgrade import upgrade_database
    from marketplace.demo.loader import open_shop

    print("Preparing the database …", flush=True)
    upgrade_database()
    open_shop(progress=lambda words: print(f"  {words}", flush=True))
    connections.close_all()


def _print_welcome(port: int, folder: Path, seconds: float) -> None:
    from marketplace.demo.accounts import ACCOUNTS, PASSWORD

    home = f"http://localhost:{port}"
    print(f"\nTwiza is open after {seconds:.0f} s.\n")
    print(f"  Shop              {home}/ma/ar/   {home}/ma/fr/   {home}/eu/en/")
    print(f"  Sign in           {home}/accounts/login/   password for all: {PASSWORD}")
    for account in ACCOUNTS:
        print(f"    {account.email:34}{account.what}")
    print(f"  Sent e-mails      {home}/demo/outbox/")
    print(f"  Progress          {home}/demo/   (the rest of the world is being made)")
    print(f"\n  Data in {folder}; start over with: twiza reset --port {port}")
    print("  Stop with Ctrl-C.\n", flush=True)


def _spawn(command: list[str], *, niceness: int = 0) -> subprocess.Popen[bytes]:
    """Start a part of the demo; a visitor's page goes before one with a higher niceness."""
    return subprocess.Popen(
        command,
        preexec_fn=partial(_die_with_parent, niceness),  # noqa: PLW1509
        start_new_session=True,
    )


def _die_with_parent(niceness: int) -> None:
    """On Linux a child is told to stop when the demo itself is killed."""
    os.nice(niceness)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise DemoRefused("the web server did not start; its message stands above.")
        with suppress(urllib.error.URLError, TimeoutError):
            # The first page loads all code and templates: that wait is ours, not a visitor's.
            urllib.request.urlopen(f"http://localhost:{port}/ma/ar/", timeout=30).close()
            return
        time.sleep(0.05)
    raise DemoRefused("the web server did not answer within a minute.")


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Sleep until a child ends by itself; Ctrl-C and SIGTERM arrive as KeyboardInterrupt."""
    while True:
        for child in children:
            # The last one fills the world, and ends well when the world is whole.
            ended = child.poll()
            if ended or (ended == 0 and child is not children[-1]):
                print("A part of the demo stopped by itself; stopping the rest.", file=sys.stderr)
                return 1
        time.sleep(0.5)


def _stop_on_signals() -> None:
    def interrupt(*_args: object) -> None:
        _ignore_signals()
        raise KeyboardInterrupt

    for sign in STOPPING:
        signal.signal(sign, interrupt)


def _ignore_signals() -> None:
    """A terminal's Ctrl-C comes twice under `uv run`: the second must not cut the tidying up."""
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_IGN)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
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
