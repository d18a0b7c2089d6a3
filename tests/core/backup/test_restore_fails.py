"""A restore that fails changes nothing, and what is killed half way is begun anew."""

import json
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from marketplace.core.postgres_versions import NEWEST_TRIED
from tests.servers import (
    DATABASES,
    STATE,
    Shop,
    as_user,
    create_database,
    environment_of,
    one,
    twiza,
)

pytestmark = [pytest.mark.xdist_group("servers")]


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


@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
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


@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
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


@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
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
