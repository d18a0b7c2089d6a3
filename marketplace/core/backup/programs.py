"""Calls PostgreSQL's ``pg_dump`` and ``pg_restore``, of the server's own version."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from marketplace.core.backup.manifest import BackupRefused
from marketplace.core.child_processes import die_with_parent
from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres_versions import PostgresUnsuitable, find_program, require_server

if TYPE_CHECKING:
    import psycopg


def server_version(connection: "psycopg.Connection[Any]") -> int:
    """The server's main version; raises BackupRefused for one that is too old."""
    try:
        return require_server(connection)
    except PostgresUnsuitable as unsuitable:
        raise BackupRefused(str(unsuitable)) from unsuitable


def run_program(
    name: str,
    major: int,
    address: DatabaseAddress,
    *arguments: str,
    given: "IO[bytes] | None" = None,
) -> None:
    """Run a program on a database as its owner; ``given`` is what it reads.

    Raises BackupRefused with what it said. It ends when this process is killed: a dump nobody waits
    for must not go on.
    """
    try:
        program = find_program(name, major)
    except PostgresUnsuitable as missing:
        raise BackupRefused(str(missing)) from missing
    command = [
        str(program), "--no-password",
        "-h", address.host, "-p", str(address.port), "-U", address.user,
        "-d", _as_parameter(address.name),
        *arguments,
    ]  # fmt: skip
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PGPASSWORD": address.password},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509
        )
        status = _feed(process, given)
        said.seek(0)
        if status:
            raise BackupRefused(f"{name}: {said.read().decode(errors='replace').strip()}")


def _feed(process: "subprocess.Popen[bytes]", given: "IO[bytes] | None") -> int:
    """Hand on what a program reads; returns its status."""
    assert process.stdin is not None
    try:
        # It may end before it has read all.
        with suppress(BrokenPipeError), process.stdin as pipe:
            if given is not None:
                shutil.copyfileobj(given, pipe, 1024 * 1024)
    except BaseException:
        process.kill()
        raise
    finally:
        status = process.wait()
    return status


def _as_parameter(name: str) -> str:
    """A database's name that is read as nothing else, such as an address."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"dbname='{escaped}'"
