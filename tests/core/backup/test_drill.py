"""What was backed up is restored, on the oldest and the newest PostgreSQL, beside an open shop."""

import json
import signal
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.core.backup.conftest import Shop
from tests.demos import free_port
from tests.servers import as_user, create_database, environment_of, twiza

pytestmark = [pytest.mark.xdist_group("servers")]

STATE = """
SELECT array_agg(rolname::text || coalesce(shobj_description(oid, 'pg_authid'), '') ORDER BY oid)
FROM pg_roles WHERE rolname LIKE 'twiza%'
"""
DATABASES = "SELECT array_agg(datname::text ORDER BY datname) FROM pg_database"
HEARTBEAT = "SELECT max(last_heartbeat) FROM procrastinate_workers"
END_ALL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def one(connection: "psycopg.Connection[tuple[object, ...]]", query: str) -> object:
    row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row and row[0]


@contextmanager
def open_shop(shop: Shop) -> Iterator[str]:
    """The web process and the worker of a shop, as a supervisor starts them; the address."""
    port = free_port()
    twiza_at = [sys.executable, "-m", "marketplace"]
    allowed = "embedded-engine,test-payments"
    commands = (
        [*twiza_at, "serve", "--port", str(port), "--workers", "1", "--allow", allowed],
        [*twiza_at, "worker"],
    )
    environment = environment_of(shop.address, shop.data)
    processes = [subprocess.Popen(command, env=environment) for command in commands]
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: answers(url), 200)
        yield url
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(timeout=60)


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


def test_a_trial_restore_beside_an_open_shop_changes_nothing_of_it(
    shop: Shop, backup: Path, tmp_path: Path
) -> None:
    trial = create_database(shop.server, f"{shop.address.name} trial")
    with open_shop(shop) as url, as_user(shop.address) as connection:
        wait_for(lambda: one(connection, HEARTBEAT), 120)
        done = twiza(trial, tmp_path / "trial", "restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "trial/media/photos/أملو.jpg").read_bytes() == b"picture"
        # Everybody has to sign in to the database again, with the password of before.
        beat = one(connection, HEARTBEAT)
        assert one(connection, END_ALL)
        wait_for(lambda: answers(url), 60)
        wait_for(lambda: one(connection, HEARTBEAT) != beat, 60)
        assert twiza(shop.address, shop.data, "doctor", "--only", "worker").returncode == 0
    # The staging beside it works as well, and keeps its ledger as the original does.
    assert twiza(trial, tmp_path / "trial", "doctor", "--only", "database").returncode == 0
    with as_user(trial, trial.runtime_role, trial.role_password(trial.runtime_role)) as connection:
        assert one(connection, "SELECT sum(abs(amount_minor)) FROM ledger_entry") == 84
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE ledger_entry SET amount_minor = 6")
    with as_user(trial) as connection, pytest.raises(psycopg.DatabaseError):
        connection.execute("DELETE FROM ledger_entry")
    again = twiza(trial, tmp_path / "other", "restore", str(backup))
    assert "is not empty, and nothing was changed" in again.stderr


def test_no_role_of_one_shop_enters_the_tables_of_another(shop: Shop, tmp_path: Path) -> None:
    other = create_database(shop.server, "staging")
    assert twiza(other, tmp_path, "database", "upgrade").returncode == 0
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


def forged(backup: Path, target: Path, **changed: object) -> Path:
    """The backup with another manifest."""
    with tarfile.open(backup) as tar, tarfile.open(target, "w") as copy:
        for member in tar.getmembers():
            held = tar.extractfile(member)
            if member.name != "about.json":
                copy.addfile(member, held)
                continue
            assert held is not None
            note = target.with_suffix(".json")
            note.write_text(json.dumps({**json.load(held), **changed}))
            copy.add(note, "about.json")
    return target


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rows": {"public.ledger_entry": 7}}, "public.ledger_entry: 7 wanted, 6 found"),
        (
            {"money": {"public.ledger_entry.amount_minor": {"MAD": 5}}},
            "public.ledger_entry.amount_minor: {'MAD': 5} wanted, {'MAD': 0} found",
        ),
        ({"keys": ["0123456789ab"]}, "lacks a key with which this backup is encrypted: 0123456789"),
        ({"postgres": 99}, "written for PostgreSQL 99"),
    ],
    ids=["rows", "money", "key", "server"],
)
def test_a_restore_that_fails_changes_nothing(
    shop: Shop, backup: Path, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    empty = create_database(shop.server, f"empty {tmp_path.name}")
    with as_user(empty) as connection:
        before = one(connection, STATE), one(connection, DATABASES)
    wrong = forged(backup, tmp_path / "wrong.tar", **changed)
    for words in (("restore", str(wrong)), ("restore", "--check", str(wrong))):
        done = twiza(empty, tmp_path / "data", *words)
        assert done.returncode == 1
        assert told in done.stderr
        with as_user(empty) as connection:
            assert (one(connection, STATE), one(connection, DATABASES)) == before
            assert one(connection, "SELECT count(*) FROM pg_class WHERE relname ~ '^ledger'") == 0
            assert one(connection, "SELECT count(*) FROM pg_extension") == 1
        assert not list((tmp_path / "data").rglob("*.jpg"))


@pytest.mark.parametrize("at", ["pg_restore", "migrate", "put_in_place"])
def test_a_killed_restore_begins_anew(shop: Shop, backup: Path, tmp_path: Path, at: str) -> None:
    empty = create_database(shop.server, f"killed at {at}")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED[at], "restore", str(backup)],
        env=environment_of(empty, tmp_path / "data"), check=False, timeout=200,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    refused = twiza(empty, tmp_path / "data", "database", "upgrade")
    assert "did not come to its end" in refused.stderr
    done = twiza(empty, tmp_path / "data", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "data").rglob("*.jpg")] == ["أملو.jpg"]
    with as_user(empty) as connection:
        assert one(connection, "SELECT count(*) FROM ledger_entry") == 6
        assert one(connection, "SELECT count(*) FROM pg_namespace WHERE nspname ~ 'twiza'") == 0


@pytest.mark.parametrize("at", ["pg_dump", "pack"])
def test_a_killed_backup_leaves_nothing_once_the_next_has_run(
    shop: Shop, tmp_path: Path, at: str
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED[at], "backup", str(tmp_path / "first.tar")],
        env=environment_of(shop.address, shop.data), check=False, timeout=200,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.iterdir()] == ["first.tar.part"]
    assert (tmp_path / "first.tar.part").stat().st_mode & 0o777 == 0o700
    shop.do("backup", str(tmp_path / "second.tar"))
    assert [path.name for path in tmp_path.iterdir()] == ["second.tar"]


# `twiza` with one function that kills the process half way.
_KILL = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings"
import django
django.setup()
import {module} as changed
from marketplace.cli import main
usual = changed.{name}
def killed(*args, **kwargs):
    if {late}: usual(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
changed.{name} = killed
main(sys.argv[1:])
"""
KILLED = {
    "pg_dump": _KILL.format(module="marketplace.core.backup.write", name="run_program", late=True),
    "pack": _KILL.format(module="marketplace.core.backup.write", name="_added", late=True),
    "pg_restore": _KILL.format(
        module="marketplace.core.backup.restore", name="run_program", late=True
    ),
    "migrate": _KILL.format(module="marketplace.core.backup.restore", name="_upgrade", late=True),
    "put_in_place": _KILL.format(
        module="marketplace.core.backup.files", name="put_in_place", late=True
    ),
}
