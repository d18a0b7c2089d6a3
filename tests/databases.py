"""Databases of the test processes: a template with all migrations run, and copies of it."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from marketplace.core.database import DatabaseAddress, django_databases
from marketplace.core.postgres import ensure_running
from marketplace.core.roles import connect_as_owner, drop_roles, grant_rights, make_roles
from marketplace.core.upgrade import upgrade_database

ROOT = Path(__file__).resolve().parent.parent
Made = TypeVar("Made")
# Before the name of a process's own database: another one of this process.
HELD = "held_"
LEFT_OVER = "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY datname DESC"
# Rows are deleted, not tables truncated: that would make anew the files of every table which points
# to a filled one, nearly all. Keys and triggers are not asked, and what is empty costs nothing.
EMPTY = """
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN
        SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname IN ('public', 'engine')
          AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE 'DELETE FROM ' || entry.name;
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname IN ('public', 'engine') AND last_value IS NOT NULL;
END $$
"""
SERVER = Path(tempfile.gettempdir()) / f"twiza-tests-{os.getuid()}"


def server() -> DatabaseAddress:
    """The PostgreSQL of the tests, started when it is not running."""
    if url := os.environ.get("TWIZA_TEST_DATABASE_URL"):
        return DatabaseAddress.from_url(url)
    address = ensure_running(SERVER)
    # What a test writes need not survive the machine's loss of power.
    with connect_as_owner(at(address, "postgres")) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


def at(place: DatabaseAddress, name: str) -> DatabaseAddress:
    """Another database of a server."""
    return place.at(name)


def use(address: DatabaseAddress) -> None:
    """Point every connection of this process at a database."""
    settings.DATABASE_ADDRESS = address
    for alias, entry in django_databases(address).items():
        entry["OPTIONS"]["options"] += " -c synchronous_commit=off"
        connections[alias].close()
        connections.settings[alias].update(entry)
        connections[alias].settings_dict.update(entry)


def execute(place: DatabaseAddress, statement: str) -> None:
    """Let the owner carry out a statement outside of any transaction."""
    with connect_as_owner(at(place, "postgres")) as connection:
        connection.execute(statement)


def drop(address: DatabaseAddress) -> None:
    """Drop a database with its roles."""
    with connect_as_owner(at(address, "postgres")) as connection:
        _drop(connection, address.name)


def empty(address: DatabaseAddress) -> None:
    """Delete all rows, as the owner: the runtime role may not."""
    with connect_as_owner(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(EMPTY)


def _drop(connection: "psycopg.Connection[Any]", name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(name)))
    drop_roles(connection, name)


def copy(source: DatabaseAddress, name: str) -> DatabaseAddress:
    """Make a database that is a copy of another, with roles of its own."""
    address = at(source, name)
    execute(source, f'CREATE DATABASE "{name}" TEMPLATE "{source.name}"')
    make_roles(address)
    grant_rights(address)
    return address


def template(place: DatabaseAddress) -> str:
    """A database with all migrations run, made once for each state of the migrations."""
    name = f"template_{_migrations_hash()}"
    SERVER.mkdir(exist_ok=True)
    with (SERVER / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connect_as_owner(at(place, "postgres")) as connection:
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        if not known:
            # A process that was killed may have left its beginning.
            drop(at(place, f"{name}_new"))
            execute(place, f'CREATE DATABASE "{name}_new"')
            try:
                use(at(place, f"{name}_new"))
                upgrade_database(at(place, f"{name}_new"))
                connections.close_all()
                execute(place, f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
            except BaseException:
                connections.close_all()
                drop(at(place, f"{name}_new"))
                raise
    return name


def hold(name: str, make: Callable[[], Made]) -> tuple[DatabaseAddress, Made]:
    """A further database of this process, with a world in it that is made once for many files."""
    usual = settings.DATABASE_ADDRESS
    address = copy(at(usual, template(usual)), f"{HELD}{name}_{usual.name}")
    with inside(address):
        return address, make()


@contextmanager
def inside(address: DatabaseAddress) -> Iterator[None]:
    """Every connection points at another database; as before at the end."""
    usual = settings.DATABASE_ADDRESS
    connections.close_all()
    use(address)
    try:
        yield
    finally:
        connections.close_all()
        use(usual)


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    files = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/*/migrations/*.py"),
        *ROOT.glob("*/*/*/migrations/*.py"),
        *ROOT.glob("*/models.py"),
        *ROOT.glob("*/*/models.py"),
        *ROOT.glob("*/*/*/models.py"),
        ROOT / "marketplace/core/roles.py",
        ROOT / "marketplace/core/role_names.py",
        ROOT / "marketplace/settings/applications.py",  # the tables of others' applications
    ]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def drop_left_over(place: DatabaseAddress) -> None:
    """Databases of test processes that were killed."""
    with connect_as_owner(at(place, "postgres")) as connection:
        rows = connection.execute(LEFT_OVER, [f"^({HELD}[a-z]+_)?test_"])
        for (name,) in rows.fetchall():
            process = name.rpartition("test_")[2].partition("_")[0]
            if not Path(f"/proc/{process}").exists():
                _drop(connection, name)
