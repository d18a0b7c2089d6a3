"""PostgreSQL servers of their own for tests, of the oldest and of the newest supported version.

The oldest is Debian's package, the newest the wheel. The shop's owner is no superuser there, as on
a server that an operator sets up by hand.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres import (
    _as_unprivileged,
    binaries,
    end_left_over,
    server_pids,
    stop,
)
from marketplace.core.postgres_versions import NEWEST_TRIED, OLDEST_POSTGRES
from tests.demos import free_port

OWNER, PASSWORD = "shop owner", "p@ss/word"
ADMINISTRATOR = "postgres"
VERSIONS = (OLDEST_POSTGRES, NEWEST_TRIED)
# What a trial must leave as it was on a server.
STATE = """
SELECT array_agg(rolname::text || coalesce(shobj_description(oid, 'pg_authid'), '') ORDER BY oid)
FROM pg_roles WHERE rolname LIKE 'twiza%'
"""
DATABASES = "SELECT array_agg(datname::text ORDER BY datname) FROM pg_database"


def programs(version: int) -> Path:
    """The folder of a version's programs; skips the test by name where they are missing."""
    place = Path(f"/usr/lib/postgresql/{version}/bin")
    if version == NEWEST_TRIED:
        place = binaries()
    if not (place / "initdb").exists():
        if os.environ.get("TWIZA_REQUIRE_POSTGRES"):
            pytest.fail(f"PostgreSQL {version} is missing: apt install postgresql-{version}")
        pytest.skip(f"PostgreSQL {version} is not on this machine (postgresql-{version})")
    return place


@contextmanager
def running_server(version: int, folder: Path) -> Iterator[DatabaseAddress]:
    """A server with an owner who may create roles and databases; the address has no database."""
    place, cluster, port = programs(version), folder / "postgres", free_port()
    (folder / "password").write_text(PASSWORD)
    _run(
        place / "initdb", "--pgdata", cluster, "--username", ADMINISTRATOR, "--auth",
        "scram-sha-256", "--pwfile", folder / "password", "--encoding", "UTF8", "--locale",
        "C.UTF-8", "--no-sync",
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    _run(
        place / "pg_ctl", "start", "--wait", "--pgdata", cluster, "--log", folder / "log",
        "--options", options,
    )  # fmt: skip
    try:
        administrator = DatabaseAddress("127.0.0.1", port, "postgres", ADMINISTRATOR, PASSWORD)
        with as_user(administrator) as connection:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD {}").format(
                    sql.Identifier(OWNER), sql.Literal(PASSWORD)
                )
            )
        yield DatabaseAddress("127.0.0.1", port, "postgres", OWNER, PASSWORD)
    finally:
        stop(folder)
        assert server_pids(cluster) == []
        end_left_over(cluster)


def create_database(server: DatabaseAddress, name: str) -> DatabaseAddress:
    """An empty database of the owner's."""
    with as_user(server) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    return server.at(name)


def as_user(
    address: DatabaseAddress, user: str = "", password: str = ""
) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection with autocommit, of the owner or of another role."""
    return psycopg.connect(
        host=address.host, port=address.port, dbname=address.name,
        user=user or address.user, password=password or address.password, autocommit=True,
    )  # fmt: skip


def twiza(
    address: DatabaseAddress, data: Path, *words: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, as an operator types it."""
    return subprocess.run(
        [sys.executable, "-m", "marketplace", *words],
        env=environment_of(address, data, **environment),
        capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip


def environment_of(address: DatabaseAddress, data: Path, **more: str) -> dict[str, str]:
    """The environment of a production on this database."""
    own = {
        "DATABASE_URL": address.url,
        "TWIZA_DATA_DIR": str(data),
        "TWIZA_SECRET_KEY": "a long random text of this test's own",
        "TWIZA_STATIC_DIR": "",
    }
    return {name: value for name, value in {**os.environ, **own, **more}.items() if value}


def one(connection: "psycopg.Connection[tuple[object, ...]]", query: str) -> object:
    row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row and row[0]


@dataclass
class Shop:
    """A database on a server of its own, and the folder of its files."""

    version: int
    server: DatabaseAddress
    address: DatabaseAddress
    data: Path

    def do(self, *words: str, **environment: str) -> str:
        """A command that must succeed; what it printed."""
        done = twiza(self.address, self.data, *words, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _run(*command: object) -> None:
    # The output is not kept: a started server would hold the pipe open.
    subprocess.run(
        [*_as_unprivileged(), *map(str, command)],
        check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
