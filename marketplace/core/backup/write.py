"""Writes a backup while the shop is open."""

import fcntl
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from marketplace.core.backup.files import add_folder, folders
from marketplace.core.backup.manifest import ABOUT, DUMP, FORMAT, About, BackupRefused, Files
from marketplace.core.backup.programs import run_program, server_version
from marketplace.core.backup.progress import Progress
from marketplace.core.backup.records import note_written
from marketplace.core.backup.sums import add_up_money, count_rows
from marketplace.core.database import DatabaseAddress
from marketplace.core.encryption import fingerprints
from marketplace.core.files import sync
from marketplace.core.roles import connect_as_owner

UNFINISHED, LOCK = ".part", "twiza-backup.lock"


def write_backup(target: Path, *, progress: Progress) -> About:
    """Write database and files to ``target``, readable by its owner only.

    Raises BackupRefused when the file exists, cannot be written, or PostgreSQL does not fit.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists already; nothing was written.")
    try:
        with _unfinished(target) as folder:
            progress("The database …")
            about = _dump(settings.DATABASE_ADDRESS, folder / DUMP)
            about = _pack(folder, about, progress)
            (folder / "shop.tar").rename(target)
            sync(target.parent)
    except OSError as error:
        raise BackupRefused(f"{target} cannot be written: {error.strerror}.") from error
    note_written(about, target)
    return about


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` for what is not complete yet; those of killed backups are deleted.

    Beside it, because a dump in a shared folder would outlive a killed process there.
    """
    for other in target.absolute().parent.glob(f"*{UNFINISHED}"):
        _forget_if_left(other)
    folder = target.with_name(target.name + UNFINISHED)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        raise BackupRefused(f"Another backup to {target} is being written.") from error
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _forget_if_left(folder: Path) -> None:
    """Delete the folder of a backup that was killed; one at work holds its lock."""
    try:
        with (folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except FileNotFoundError:
        with suppress(OSError):
            folder.rmdir()  # killed before it held anything
    except OSError:
        return


def _dump(address: DatabaseAddress, target: Path) -> About:
    """Dump, count and add up in one snapshot. Raises BackupRefused."""
    with connect_as_owner(address) as connection, connection.transaction():
        major = server_version(connection)
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        _private(target)
        wanted = ("--format=custom", f"--file={target}", f"--snapshot={snapshot}")
        run_program("pg_dump", major, address, *wanted)
        return About(
            FORMAT,
            version("twiza"),
            datetime.now(UTC).isoformat(),
            count_rows(connection),
            postgres=major,
            money=add_up_money(connection),
            keys=fingerprints(),
        )


def _pack(folder: Path, about: About, progress: Progress) -> About:
    """Put dump, files and metadata into one file; returns the metadata with the files' sums."""
    packed = folder / "shop.tar"
    _private(packed)
    with packed.open("r+b") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            tar.add(folder / DUMP, DUMP)
            sums = {}
            for name, place in folders().items():
                progress(f"{name} …")
                sums[name] = _added(tar, name, place)
            about.files.update(sums)
            note = folder / ABOUT
            note.write_text(json.dumps(asdict(about), indent=2))
            tar.add(note, ABOUT)
        file.flush()
        os.fsync(file.fileno())
    return about


def _added(tar: tarfile.TarFile, name: str, place: Path) -> Files:
    before = len(tar.getmembers())
    add_folder(tar, name, place)
    added = tar.getmembers()[before:]
    return Files(len(added), sum(member.size for member in added))


def _private(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
