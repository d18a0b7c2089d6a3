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
from marketplace.core.worlds import load_world, remember_world
from marketplace.demo.engine_choice import ADDRESS, EMBEDDED, EngineChoice, choose
from marketplace.demo.errors import DemoRefused
from marketplace.process import web_command

PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def default_folder(port: int) -> Path:
    """One world for each port, so that a second copy never meets the first."""
    return Path(".twiza") / str(port)


def run_demo(*, port: int, folder: Path | None, engine: str = EMBEDDED) -> int:
    """Start database, engine, worker and shop; returns the exit status once told to stop."""
    folder = (folder or default_folder(port)).resolve()
    try:
        with _only_one(folder, port):
            choice = choose(engine, port=port, folder=folder, environment=os.environ)
            return _start(port, folder, choice)
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
    at_saleor = load_world(folder).get(ADDRESS)
    try:
        with _only_one(folder, port):
            stop(folder)
            shutil.rmtree(folder)
    except DemoRefused as refusal:
        print(f"twiza reset: {refusal}", file=sys.stderr)
        return 1
    print("Forgotten. `twiza demo` makes a new one.")
    if at_saleor:
        print(
            f"What it made at the Saleor {at_saleor} stays there, with the App: a new world needs "
            "an empty Saleor."
        )
    return 0


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


def _check_port(port: int, host: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DemoRefused(
                f"port {port} cannot be used ({error.strerror}). Choose another one: "
                f"twiza demo --port {port + 1}"
            ) from error


def _start(port: int, folder: Path, choice: EngineChoice) -> int:
    began = time.monotonic()
    _check_port(port, choice.listens_on)
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
            **choice.environment,
        }
        _prepare()
        if choice.is_embedded:
            remember_world(folder, choice.facts)
            _open_shop()
            children.append(_spawn_web(port, choice))
        else:
            _open_at_saleor(port, folder, choice, children)
        # The first page loads all code and templates: that wait is ours, not a visitor's.
        _wait_for(port, children[0], "/ma/ar/")
        twiza = [sys.executable, "-m", "marketplace"]
        children.append(_spawn([*twiza, "worker"]))
        children.append(_spawn([*twiza, "manage", "fill_demo"], niceness=10))
        _print_welcome(port, folder, choice, time.monotonic() - began)
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _ignore_signals()
        _end(children)
        stop(folder)


def _prepare() -> None:
    """Bring the database and the static files up to date."""
    import django

    django.setup()
    from marketplace.core.static_files import collect_static_files
    from marketplace.core.upgrade import upgrade_database

    print("Preparing the database …", flush=True)
    upgrade_database()
    collect_static_files()


def _open_shop() -> None:
    """Make enough of the world for the shop to open."""
    from django.db import connections

    from marketplace.demo.loader import open_shop

    open_shop(progress=lambda words: print(f"  {words}", flush=True))
    connections.close_all()


def _open_at_saleor(
    port: int, folder: Path, choice: EngineChoice, children: list[subprocess.Popen[bytes]]
) -> None:
    """Our pages first: Saleor reads the manifest there and brings the token, then asks webhooks."""
    from marketplace.demo import on_saleor

    administrator = on_saleor.claim(choice, folder)
    remember_world(folder, choice.facts)
    children.append(_spawn_web(port, choice))
    _wait_for(port, children[0], "/health/live")
    if administrator:
        print("Installing the App at Saleor …", flush=True)
        on_saleor.install(choice, *administrator)
    else:
        on_saleor.mend()
    _open_shop()


def _print_welcome(port: int, folder: Path, choice: EngineChoice, seconds: float) -> None:
    from marketplace.demo.accounts import ACCOUNTS, PASSWORD

    home = choice.public_url
    print(f"\nTwiza is open after {seconds:.0f} s.\n")
    print(f"  Shop              {home}/ma/ar/   {home}/ma/fr/   {home}/eu/en/")
    print(f"  Sign in           {home}/accounts/login/   password for all: {PASSWORD}")
    for account in ACCOUNTS:
        print(f"    {account.email:34}{account.what}")
    if not choice.is_embedded:
        print(f"  Engine            Saleor, {choice.api_url}")
    print(f"  Sent e-mails      {home}/demo/outbox/")
    print(f"  Progress          {home}/demo/   (the rest of the world is being made)")
    print(f"\n  Data in {folder}; start over with: twiza reset --port {port}")
    print("  Stop with Ctrl-C.\n", flush=True)


def _spawn_web(port: int, choice: EngineChoice) -> subprocess.Popen[bytes]:
    return _spawn(web_command(host=choice.listens_on, port=port, workers=1))


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


def _wait_for(port: int, web: subprocess.Popen[bytes], path: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise DemoRefused("the web server did not start; its message stands above.")
        with suppress(urllib.error.URLError, TimeoutError):
            urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30).close()
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
