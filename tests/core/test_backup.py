"""A backup holds everything, and what is restored protects itself as the original did."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from marketplace.core.backup import BackupRefused, restore_backup, write_backup
from marketplace.core.database import DatabaseAddress
from marketplace.core.money import Money
from marketplace.core.roles import connect_as_owner
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import Leg
from marketplace.ledger.post import book_of, post
from tests.payouts.world import WHEN, make_programme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty() -> Iterator[DatabaseAddress]:
    """A second database on the same server."""
    here: DatabaseAddress = settings.DATABASE_ADDRESS
    name = f"{here.name}_restored"
    with connect_as_owner(here) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield DatabaseAddress(here.host, here.port, name, here.user, here.password)
    with connect_as_owner(here) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of one ledger transaction and one photograph."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "media")
    (tmp_path / "media" / "photos").mkdir(parents=True)
    (tmp_path / "media" / "photos" / "أملو.jpg").write_bytes(b"picture")
    legs = [Leg(AccountCode.BANK, Money(5, "MAD")), Leg(AccountCode.COMMISSION, Money(-5, "MAD"))]
    post(
        book=book_of(make_programme().pk), key="first", cause=Cause.PSP_SETTLED, legs=legs,
        occurred_at=WHEN, booked_on=WHEN.date(),
    )  # fmt: skip
    write_backup(tmp_path / "shop.tar", progress=lambda _words: None)
    return tmp_path / "shop.tar"


def restore(file: Path, address: DatabaseAddress, data: Path) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, as an operator does: Django's connections are then the new ones."""
    return subprocess.run(
        [sys.executable, "-m", "marketplace", "restore", str(file)],
        env={**os.environ, "DATABASE_URL": address.url, "TWIZA_DATA_DIR": str(data)},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


def test_what_was_saved_is_restored_with_its_protection(
    saved: Path, empty: DatabaseAddress, tmp_path: Path
) -> None:
    done = restore(saved, empty, tmp_path / "new")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new" / "media" / "photos" / "أملو.jpg").read_bytes() == b"picture"
    with connect_as_owner(empty) as connection:
        entries = connection.execute("SELECT amount_minor FROM ledger_entry ORDER BY 1").fetchall()
        assert entries == [(-5,), (5,)]
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.RUNTIME_ROLE)))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE ledger_entry SET amount_minor = 6")
        connection.execute("RESET ROLE")
        with pytest.raises(psycopg.DatabaseError):
            connection.execute("DELETE FROM ledger_entry")

    again = restore(saved, empty, tmp_path / "new")
    assert again.returncode == 1
    assert "is not empty, and nothing was changed" in again.stderr


def test_a_backup_is_for_its_owners_eyes_and_is_never_overwritten(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(saved, progress=lambda _words: None)
    with tarfile.open(saved) as tar:
        held = tar.extractfile("about.json")
        assert held is not None
        assert json.load(held)["rows"]["public.ledger_entry"] == 2


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="cannot be written"):
        write_backup(tmp_path / "no" / "folder.tar", progress=lambda _words: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a backup"])
def test_another_file_is_refused_before_anything_happens(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(BackupRefused, match=r"read as a backup|not a backup"):
        restore_backup(tmp_path / "x.tar", progress=lambda _words: None)
