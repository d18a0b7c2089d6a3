"""Backup and restore of a deployment in one file: database, photographs, version.

Uses PostgreSQL's ``pg_dump`` and ``pg_restore``. Secrets are not in the file: to restore, the same
``TWIZA_ENCRYPTION_KEYS`` are needed.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres import binaries
from marketplace.core.roles import connect_as_owner, make_roles
from marketplace.core.upgrade import TooOld, upgrade_database

FORMAT = 1
ABOUT, DUMP = "about.json", "database.dump"
Progress = Callable[[str], None]


class BackupRefused(RuntimeError):
    """The backup cannot be made or restored; the message says what to do."""


@dataclass(frozen=True)
class About:
    """Metadata of a backup; ``rows`` counts each table at that moment."""

    format: int
    version: str
    made_at: str
    rows: dict[str, int]


def write_backup(target: Path, *, progress: Progress) -> About:
    """Write database and files to ``target``, readable by its owner only.

    Raises BackupRefused when the file exists, cannot be written, or the database cannot be reached.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists already; nothing was written.")
    address: DatabaseAddress = settings.DATABASE_ADDRESS
    with tempfile.TemporaryDirectory(prefix="twiza-backup-") as scratch:
        dump, note = Path(scratch) / DUMP, Path(scratch) / ABOUT
        progress("The database …")
        rows = _dump(address, dump)
        about = About(FORMAT, version("twiza"), datetime.now(UTC).isoformat(), rows)
        note.write_text(json.dumps(asdict(about), indent=2))
        unfinished = target.with_name(target.name + ".part")
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
                tar.add(note, ABOUT)
                tar.add(dump, DUMP)
                for name, folder in _folders():
                    progress(f"{name} …")
                    if folder.is_dir():
                        tar.add(folder, name)
                tar.close()
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise BackupRefused(f"{target} cannot be written: {error.strerror}.") from error
    return about


def restore_backup(source: Path, *, progress: Progress) -> About:
    """Restore a backup into the empty configured database, and its files.

    A backup of an older version is upgraded. Raises BackupRefused, before any change, when the file
    is not a backup or newer than this program, or the database has tables.
    """
    address: DatabaseAddress = settings.DATABASE_ADDRESS
    try:
        tar = tarfile.open(source)  # noqa: SIM115 -- closed below
    except (OSError, tarfile.TarError) as error:
        raise BackupRefused(f"{source} cannot be read as a backup: {error}") from error
    with tar, tempfile.TemporaryDirectory(prefix="twiza-restore-") as scratch:
        about = _about(tar, source)
        _refuse_if_not_empty(address)
        _write(tar, tar.getmember(DUMP), Path(scratch) / DUMP)
        progress("The database …")
        _restore_database(address, Path(scratch) / DUMP, about)
        _upgrade(address, source)
        for name, folder in _folders():
            progress(f"{name} …")
            _extract(tar, name, folder)
    return about


def _restore_database(address: DatabaseAddress, dump: Path, about: About) -> None:
    """Restore both schemas and count their rows; raises BackupRefused when some are missing."""
    make_roles(address)
    common = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", address, *common, "--schema=public", str(dump))
    engine = f"--role={settings.ENGINE_ROLE}"
    _run("pg_restore", address, *common, "--schema=engine", engine, str(dump))
    with connect_as_owner(address) as connection:
        counted = _rows(connection)
    if counted != about.rows:
        raise BackupRefused(f"Restored, but not whole: {_difference(about.rows, counted)}.")


def _upgrade(address: DatabaseAddress, source: Path) -> None:
    """Upgrade what was restored; raises BackupRefused when this version cannot."""
    connections.close_all()
    try:
        upgrade_database(address)
    except TooOld as refusal:
        raise BackupRefused(
            f"{source} is of an older version of Twiza, which this version cannot upgrade. The "
            "database holds what was restored: drop it."
        ) from refusal


def _dump(address: DatabaseAddress, target: Path) -> dict[str, int]:
    """Dump and count in one snapshot, while the shop stays open."""
    with connect_as_owner(address) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        _run("pg_dump", address, "--format=custom", f"--file={target}", f"--snapshot={snapshot}")
        return _rows(connection)


def _folders() -> Iterator[tuple[str, Path]]:
    yield "media", Path(settings.MEDIA_ROOT)
    yield "engine-media", Path(str(settings.EMBEDDED_ENGINE["MEDIA_ROOT"]))


def _extract(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Extract plain files only, and none outside the folder (tarfile's filter came with 3.11.4)."""
    folder.mkdir(parents=True, exist_ok=True)
    for member in tar.getmembers():
        target = folder / member.name.removeprefix(f"{name}/")
        if member.isfile() and member.name.startswith(f"{name}/") and ".." not in target.parts:
            _write(tar, member, target)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    held = tar.extractfile(member)
    assert held is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    with held, target.open("wb") as file:
        shutil.copyfileobj(held, file)


def _about(tar: tarfile.TarFile, source: Path) -> About:
    try:
        held = tar.extractfile(ABOUT)
        about = About(**json.load(held)) if held else None
    except (KeyError, ValueError, TypeError) as error:
        raise BackupRefused(f"{source} is not a backup of Twiza.") from error
    if about is None:
        raise BackupRefused(f"{source} is not a backup of Twiza.")
    if about.format > FORMAT:
        raise BackupRefused(
            f"{source} was made by Twiza {about.version}; restore it with that version or later."
        )
    return about


def _refuse_if_not_empty(address: DatabaseAddress) -> None:
    with connect_as_owner(address) as connection:
        tables = _tables(connection)
    if tables:
        raise BackupRefused(
            f"The database {address.name} is not empty, and nothing was changed. "
            "Name an empty one in DATABASE_URL."
        )


def _tables(connection: "psycopg.Connection[Any]") -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname IN ('public', 'engine') ORDER BY 1, 2"
    ).fetchall()


def _rows(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    """The number of rows of every table, by ``schema.table``."""
    counted = {}
    for schema, table in _tables(connection):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        (number,) = connection.execute(query).fetchone() or (0,)
        counted[f"{schema}.{table}"] = number
    return counted


def _difference(wanted: dict[str, int], found: dict[str, int]) -> str:
    return ", ".join(
        f"{table}: {wanted.get(table, 0)} wanted, {found.get(table, 0)} found"
        for table in sorted(wanted.keys() | found.keys())
        if wanted.get(table, 0) != found.get(table, 0)
    )


def _run(name: str, address: DatabaseAddress, *arguments: str) -> None:
    environment = {**os.environ, "PGPASSWORD": address.password}
    place = ["-h", address.host, "-p", str(address.port), "-U", address.user, "-d", address.name]
    done = subprocess.run(
        [str(binaries() / name), *place, "--no-password", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupRefused(f"{name}: {done.stderr.strip()}")
