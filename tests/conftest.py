"""A migrated database for each test process, copied from a template on the embedded PostgreSQL."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from marketplace.core.database import DatabaseAddress, django_databases
from marketplace.core.postgres import ensure_running
from marketplace.core.roles import connect_as_owner
from marketplace.core.upgrade import upgrade_database

ROOT = Path(__file__).resolve().parent.parent
SERVER = Path(tempfile.gettempdir()) / f"twiza-tests-{os.getuid()}"
# How long an example takes says something of a busy machine only.
hypothesis_settings.register_profile(
    "twiza", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("twiza")
# Tests pay with the test provider; those of its refusal switch it off themselves.
settings.TEST_PAYMENTS = True
# All tests ask from one address.
settings.API_A_MINUTE = 0
settings.MEDIA_ROOT = SERVER / "media"
settings.EMBEDDED_ENGINE["MEDIA_ROOT"] = SERVER / "engine-media"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every database test may speak to our tables and to the engine's."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            kwargs = cast("dict[str, object]", marker.kwargs)
            kwargs.setdefault("databases", ["default", "engine"])


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Point every connection at a fresh copy of the migrated template."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server = _server()
        template = _template(server)
        name = f"test_{os.getpid()}"
        _drop_left_over(server)
        _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        _use(_at(server, name))
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.close_all()
        _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server() -> DatabaseAddress:
    if url := os.environ.get("TWIZA_TEST_DATABASE_URL"):
        return DatabaseAddress.from_url(url)
    address = ensure_running(SERVER)
    # What a test writes need not survive the machine's loss of power.
    with connect_as_owner(_at(address, "postgres")) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


def _at(server: DatabaseAddress, name: str) -> DatabaseAddress:
    return DatabaseAddress(server.host, server.port, name, server.user, server.password)


def _use(address: DatabaseAddress) -> None:
    settings.DATABASE_ADDRESS = address
    for alias, entry in django_databases(address).items():
        entry["OPTIONS"]["options"] += " -c synchronous_commit=off"
        connections[alias].close()
        connections.settings[alias].update(entry)
        connections[alias].settings_dict.update(entry)


def _execute(server: DatabaseAddress, statement: str) -> None:
    with connect_as_owner(_at(server, "postgres")) as connection:
        connection.execute(statement)


def _template(server: DatabaseAddress) -> str:
    """A database with all migrations run, made once for each state of the migrations."""
    name = f"template_{_migrations_hash()}"
    SERVER.mkdir(exist_ok=True)
    with (SERVER / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connect_as_owner(_at(server, "postgres")) as connection:
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        if not known:
            _execute(server, f'CREATE DATABASE "{name}_new"')
            try:
                _use(_at(server, f"{name}_new"))
                upgrade_database(_at(server, f"{name}_new"))
                connections.close_all()
                _execute(server, f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
            except BaseException:
                connections.close_all()
                _execute(server, f'DROP DATABASE IF EXISTS "{name}_new" WITH (FORCE)')
                raise
    return name


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    files = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/*/migrations/*.py"),
        *ROOT.glob("*/models.py"),
        *ROOT.glob("*/*/models.py"),
        ROOT / "marketplace/core/roles.py",
    ]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _drop_left_over(server: DatabaseAddress) -> None:
    """Databases of test processes that were killed."""
    with connect_as_owner(_at(server, "postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_%'")
        for (name,) in rows.fetchall():
            process = name.removeprefix("test_").partition("_")[0]
            if not Path(f"/proc/{process}").exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


# Emptying only what holds something is several times quicker than emptying two hundred tables.
EMPTY_WHAT_IS_FILLED = """
DO $$
DECLARE
    entry record;
    filled text[] := '{}';
    found boolean;
BEGIN
    FOR entry IN
        SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname IN ('public', 'engine')
          AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || entry.name || ')' INTO found;
        IF found THEN filled := filled || entry.name; END IF;
    END LOOP;
    IF cardinality(filled) > 0 THEN
        EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' RESTART IDENTITY CASCADE';
    END IF;
END $$
"""


def _empty_all_tables(_case: TransactionTestCase) -> None:
    """After a test with real transactions: the owner empties what the runtime role may not."""
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(EMPTY_WHAT_IS_FILLED)


TransactionTestCase._fixture_teardown = _empty_all_tables  # type: ignore[attr-defined]


@pytest.fixture
def owner_connection(db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection of the tables' owner, for tests of what the runtime role may not do."""
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        yield connection
