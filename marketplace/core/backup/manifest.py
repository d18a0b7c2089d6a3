"""What a backup says of itself: version, keys by their fingerprints, and what it adds up to."""

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = 2
ABOUT, DUMP = "about.json", "database.dump"
# Backups of format 1 do not name a version: they were written with the wheel's programs.
FORMAT_1_POSTGRES = 18


class BackupRefused(RuntimeError):
    """The backup cannot be made, proven or restored; the message says what to do."""


@dataclass(frozen=True)
class Files:
    """How many files a folder holds, and their bytes together."""

    count: int
    bytes: int


@dataclass(frozen=True)
class About:
    """Metadata of a backup, all of one moment.

    ``rows`` counts each table. ``money`` adds up each column of minor units, by currency. ``keys``
    are the fingerprints of ``TWIZA_ENCRYPTION_KEYS``, the first one encrypted. ``postgres`` is the
    server's version.
    """

    format: int
    version: str
    made_at: str
    rows: dict[str, int]
    postgres: int = FORMAT_1_POSTGRES
    money: dict[str, dict[str, int]] = field(default_factory=dict)
    files: dict[str, Files] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


@contextmanager
def opened(source: Path) -> Iterator[tuple[tarfile.TarFile, About]]:
    """A backup and its metadata. Raises BackupRefused when the file is none, or too new."""
    try:
        tar = tarfile.open(source)  # noqa: SIM115 -- closed below
    except (OSError, tarfile.TarError) as error:
        raise BackupRefused(f"{source} cannot be read as a backup: {error}") from error
    with tar:
        yield tar, _about(tar, source)


def _about(tar: tarfile.TarFile, source: Path) -> About:
    try:
        held = tar.extractfile(ABOUT)
        said = json.load(held) if held else {}
        if said.get("format", 0) > FORMAT:
            raise BackupRefused(
                f"{source} was made by Twiza {said.get('version')}; restore it with that version "
                "or later."
            )
        files = {name: Files(**sums) for name, sums in said.pop("files", {}).items()}
        return About(**said, files=files)
    except (KeyError, ValueError, TypeError, AttributeError, tarfile.TarError) as error:
        raise BackupRefused(f"{source} is not a backup of Twiza.") from error
