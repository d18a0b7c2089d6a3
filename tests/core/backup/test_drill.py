"""What was backed up is restored, on the oldest and the newest PostgreSQL, beside an open shop."""

import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres_versions import NEWEST_TRIED
from marketplace.core.roles import make_roles
from tests.demos import free_port, processes_of
from tests.servers import (
    ADMINISTRATOR,
    DATABASES,
    PASSWORD,
    STATE,
    VERSIONS,
    Shop,
    as_user,
    create_database,
    environment_of,
    one,
    twiza,
)
from tests.turns import another_days

pytestmark = [pytest.mark.xdist_group("servers")]

# Beside an open shop on the newest only (TWIZA_DRILLS=all: on each); on the others its roles are
# tried as its processes sign in.
OPENED = VERSIONS if os.environ.get("TWIZA_DRILLS") == "all" else (NEWEST_TRIED,)
HEARTBEAT = "SELECT max(last_heartbeat) FROM procrastinate_workers"
SIGNED_IN_SINCE = """
SELECT array_agg(DISTINCT usename::text) FROM pg_stat_activity
WHERE datname = current_database() AND backend_start > '{}' AND usename LIKE 'twiza_app%'
"""
END_ALL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND usename LIKE 'twiza%'
"""


@contextmanager
def open_shop(shop: Shop) -> Iterator[str]:
    """The web process and the worker of a shop, as a supervisor starts them; the address."""
    port = free_port()
    twiza_at = [sys.executable, "-m", "marketplace"]
    allowed = "embedded-engine,test-payments"
    commands = (
        [*twiza_at, "serve", "--port", str(port), "--workers", "1", "--allow", allowed],
        # A worker whose connections end ends, too: systemd starts it again.
        [sys.executable, "-m", "marketplace.supervisor", *twiza_at, "worker"],
    )
    # The web process leaves the owner behind by itself, the supervisor never hears of it.
    environments = (
        environment_of(shop.address, shop.data),
        environment_of(shop.address, shop.data, **shop.address.without_owner()),
    )
    processes = [
        subprocess.Popen(command, env=environment)
        for command, environment in zip(commands, environments, strict=True)
    ]
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: answers(url), 200)
        yield url
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(timeout=60)


def environments(folder: Path) -> dict[int, str]:
    """What `/proc` shows of each process of a data folder: environment and arguments."""
    return {
        pid: (Path(f"/proc/{pid}/environ").read_bytes() + line.encode()).decode(errors="replace")
        for pid, line in processes_of(folder).items()
    }


def shows_password(text: str) -> bool:
    return PASSWORD in text or quote(PASSWORD, "") in text


def wait_for(holds: object, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.5)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@another_days(2, 3)
@pytest.mark.parametrize("shop", OPENED, indirect=True, ids=lambda version: f"{version}")
def test_a_trial_restore_beside_an_open_shop_changes_nothing_of_it(
    shop: Shop, backup: Path, tmp_path: Path
) -> None:
    trial = create_database(shop.server, f"{shop.address.name} trial")
    with open_shop(shop) as url, as_user(shop.address) as connection:
        wait_for(lambda: one(connection, HEARTBEAT), 120)
        # The supervisors, the web server, its worker, and the worker.
        shown = environments(shop.data)
        assert len(shown) >= 5
        assert not [
            text for text in shown.values() if PASSWORD in text or quote(PASSWORD, "") in text
        ]
        restore(trial, tmp_path, backup)
        # Everybody has to sign in to the database again, with the password of before.
        since = one(connection, "SELECT now()")
        with as_user(shop.address, ADMINISTRATOR) as administrator:
            assert one(administrator, END_ALL)
        wait_for(lambda: answers(url), 60)
        # A worker ends at its first job after its connections did, and is started again.
        doctor = ("doctor", "--only", "worker")
        wait_for(lambda: twiza(shop.address, shop.data, *doctor).returncode == 0, 180)
        with as_user(shop.address, ADMINISTRATOR) as administrator:
            assert one(administrator, SIGNED_IN_SINCE.format(since)) == [shop.address.runtime_role]
    assert_restored(trial, tmp_path, backup)


@pytest.mark.parametrize("shop", [each for each in VERSIONS if each not in OPENED], indirect=True)
def test_a_trial_restore_leaves_the_roles_of_the_shop_beside_it(
    shop: Shop, backup: Path, tmp_path: Path
) -> None:
    trial = create_database(shop.server, f"{shop.address.name} trial")
    before = signed_in(shop)
    restore(trial, tmp_path, backup)
    assert signed_in(shop) == before
    assert_restored(trial, tmp_path, backup)


def restore(trial: DatabaseAddress, folder: Path, backup: Path) -> None:
    """Restore a backup into a database of its own, with its files."""
    done = twiza(trial, folder / "trial", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert (folder / "trial/media/photos/أملو.jpg").read_bytes() == b"picture"


def assert_restored(trial: DatabaseAddress, tmp_path: Path, backup: Path) -> None:
    """What was restored works as well, and keeps its ledger as the original does."""
    assert twiza(trial, tmp_path / "trial", "doctor", "--only", "database").returncode == 0
    with as_user(trial, trial.runtime_role, trial.role_password(trial.runtime_role)) as connection:
        assert one(connection, "SELECT sum(abs(amount_minor)) FROM ledger_entry") == 84
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE ledger_entry SET amount_minor = 6")
    with as_user(trial) as connection, pytest.raises(psycopg.DatabaseError):
        connection.execute("DELETE FROM ledger_entry")
    again = twiza(trial, tmp_path / "other", "restore", str(backup))
    assert "is not empty, and nothing was changed" in again.stderr


def signed_in(shop: Shop) -> list[object]:
    """What each role of a shop's processes finds, signing in as they do."""
    found = []
    for role, table in (
        (shop.address.runtime_role, "ledger_entry"),
        (shop.address.engine_role, "engine.django_migrations"),
    ):
        with as_user(shop.address, role, shop.address.role_password(role)) as connection:
            found.append(one(connection, f"SELECT count(*) FROM {table}"))
    return found


@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
def test_a_worker_leaves_the_owners_password_behind(shop: Shop) -> None:
    words = ["-m", "marketplace", "worker", "--queue", "bulk"]
    process = subprocess.Popen(
        [sys.executable, *words], env=environment_of(shop.address, shop.data)
    )
    try:
        with as_user(shop.address) as connection:
            wait_for(lambda: one(connection, HEARTBEAT), 120)
        shown = environments(shop.data)[process.pid]
        assert "TWIZA_DATABASE_ROLE_KEY=" in shown
        assert "--queue\0bulk" in shown or "--queue bulk" in shown
        assert not shows_password(shown)
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
def test_no_role_of_one_shop_enters_the_tables_of_another(shop: Shop) -> None:
    other = create_database(shop.server, "staging")
    make_roles(other)
    stranger = other.runtime_role
    with (
        as_user(shop.address, stranger, other.role_password(stranger)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT FROM ledger_entry")


def test_a_backup_is_checked_in_a_database_that_is_gone_afterwards(
    shop: Shop, tmp_path: Path
) -> None:
    with as_user(shop.server) as connection:
        before = one(connection, STATE), one(connection, DATABASES)
    said = shop.do("backup", str(tmp_path / "checked.tar"), "--check")
    assert "restored for a trial" in said
    with tarfile.open(tmp_path / "checked.tar") as tar:
        held = tar.extractfile("about.json")
        assert held is not None
        about = json.load(held)
    assert about["postgres"] == shop.version
    assert about["money"]["public.ledger_entry.amount_minor"] == {"MAD": 0}
    assert about["files"]["media"] == {"count": 1, "bytes": 7}
    with as_user(shop.server) as connection:
        assert (one(connection, STATE), one(connection, DATABASES)) == before
