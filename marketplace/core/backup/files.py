"""The folders of a deployment in a backup: what they hold, and how they come back."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from marketplace.core.backup.manifest import BackupRefused, Files

# Files come back under this name first, so that a restore that fails leaves nothing of them.
ARRIVING = ".restoring"


def folders() -> dict[str, Path]:
    """The folders by their names in a backup."""
    return {
        "media": Path(settings.MEDIA_ROOT),
        "engine-media": Path(str(settings.EMBEDDED_ENGINE["MEDIA_ROOT"])),
    }


def add_folder(tar: tarfile.TarFile, name: str, folder: Path) -> None:
    """Add a folder's files; one that the running shop deletes meanwhile is left out."""
    for path in _files(folder):
        try:
            tar.add(path, f"{name}/{path.relative_to(folder)}", recursive=False)
        except FileNotFoundError:
            continue


def add_up(tar: tarfile.TarFile, name: str) -> Files:
    """How many files of a folder a backup holds, and their bytes, each read to its end."""
    count = size = 0
    for member in _members(tar, name):
        count, size = count + 1, size + _copy(tar, member, Path(os.devnull))
    return Files(count, size)


def refuse_filled_folders() -> None:
    """Raise BackupRefused when a folder holds files: they may be a running shop's."""
    for folder in folders().values():
        if next(_files(folder), None) is not None:
            raise BackupRefused(
                f"The folder {folder} holds files, and nothing was changed. For a trial name "
                "another folder in TWIZA_DATA_DIR; to replace a lost shop move the files away: the "
                "backup has its own."
            )


def bring_in(tar: tarfile.TarFile) -> None:
    """Extract all folders beside their places; raises BackupRefused where that is impossible."""
    for name, folder in folders().items():
        try:
            for member in _members(tar, name):
                _copy(tar, member, folder / ARRIVING / member.name.removeprefix(f"{name}/"))
        except OSError as error:
            raise BackupRefused(f"{folder} cannot be written: {error.strerror}.") from error


def put_in_place() -> None:
    """Move the extracted files to their places: all of them, or none."""
    moved = []
    try:
        for folder in folders().values():
            for path in list(_files(folder / ARRIVING)):
                target = folder / path.relative_to(folder / ARRIVING)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                moved.append(target)
    except BaseException:
        for target in moved:
            target.unlink(missing_ok=True)
        raise
    forget_arrived()


def forget_arrived() -> None:
    """Delete what was extracted and not put in place."""
    for folder in folders().values():
        shutil.rmtree(folder / ARRIVING, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    for place, inner, names in os.walk(folder):
        if ARRIVING in inner:
            inner.remove(ARRIVING)
        yield from (Path(place) / name for name in sorted(names))


def _members(tar: tarfile.TarFile, name: str) -> Iterator[tarfile.TarInfo]:
    """Plain files only, and none outside the folder (tarfile's filter came with 3.11.4)."""
    for member in tar.getmembers():
        inside = member.isfile() and member.name.startswith(f"{name}/")
        if inside and ".." not in Path(member.name).parts:
            yield member


def member(tar: tarfile.TarFile, name: str) -> "IO[bytes]":
    """One file of the backup, to be read; raises BackupRefused when there is none."""
    try:
        held = tar.extractfile(name)
    except KeyError as error:
        raise BackupRefused(f"The backup holds no {name}.") from error
    assert held is not None
    return held


def _copy(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> int:
    """Write a file of the backup; returns its bytes. Raises BackupRefused when it is cut short."""
    held = tar.extractfile(member)
    assert held is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with held, target.open("wb") as file:
            shutil.copyfileobj(held, file, 1024 * 1024)
    except tarfile.ReadError as error:
        raise BackupRefused(f"The backup is cut short in {member.name}.") from error
    return member.size
