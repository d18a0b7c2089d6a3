"""Files that exist whole or not at all, also on a full disk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import brotli
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from marketplace.core.errors import TwizaError
from marketplace.core.full_disks import FULL

if TYPE_CHECKING:
    from django.core.files import File

_POSTGRES_DISK_FULL = "53100"
_written: ContextVar[list[Path] | None] = ContextVar("written", default=None)


class DiskFull(TwizaError):
    """There is no space left for a file or in the database (507)."""

    code = "disk_full"
    message = _(
        "There is no space left on our disk, so nothing was saved. The error has been recorded. "
        "Your text is still here: keep a copy of it, and try again later."
    )
    retry = True
    status = HTTPStatus.INSUFFICIENT_STORAGE


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error says that a disk, ours or the database's, is full."""
    if isinstance(error, DiskFull):
        return True
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "sqlstate", None) == _POSTGRES_DISK_FULL
    return False


@contextmanager
def full_disk_refused() -> Iterator[None]:
    """Raise DiskFull, which a form can show, for what a full disk raises inside."""
    try:
        yield
    except (OSError, OperationalError) as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise


@contextmanager
def whole_file(path: Path, mode: str = "wb", **options: Any) -> Iterator[IO[Any]]:
    """A file to write, which gets its name when all of it is on the disk.

    After a failure nothing of it stays, and what had the name before is still there.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open(mode, **options) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


@contextmanager
def undone_together() -> Iterator[None]:
    """Delete the files that were saved inside when the block fails, as a transaction its rows."""
    if _written.get() is not None:
        yield
        return
    written: list[Path] = []
    token = _written.set(written)
    try:
        yield
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    finally:
        _written.reset(token)


class _WholeFiles(FileSystemStorage):
    """Saves under another name first. ``undone_together`` knows what was saved."""

    survives_power_cuts = True

    def _save(self, name: str, content: "File[Any]") -> str:
        folder, _, own = name.rpartition("/")
        part = f"{folder}/.{own}.{secrets.token_hex(4)}.part".lstrip("/")
        try:
            saved = Path(self.path(super()._save(part, content)))  # type: ignore[misc]  # stubs lack it
            if self.survives_power_cuts:
                sync(saved)
            name = self.get_available_name(name)
            saved.replace(self.path(name))
        except BaseException:
            with suppress(FileNotFoundError):
                Path(self.path(part)).unlink()
            raise
        if self.survives_power_cuts:
            _sync_folder(saved.parent)
        if (written := _written.get()) is not None:
            written.append(Path(self.path(name)))
        return name


class MediaStorage(_WholeFiles):
    """Photographs."""

    def address_for_engine(self, name: str) -> str:  # noqa: ARG002 -- another storage may have one
        """Where the engine may have a file from by itself; empty: the file is sent to it."""
        return ""


class StaticStorage(_WholeFiles, CompressedManifestStaticFilesStorage):
    """Static files: a cut one would be taken for a current one at the next start."""

    survives_power_cuts = False  # they are hundreds, and can be collected again

    def __init__(self, *args: Any, brotli_quality: int = 11, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._brotli_quality = brotli_quality

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The best quality takes seconds for all files together, 5 a tenth of one."""
        compressor = Compressor(**kwargs)
        compressor.compress_brotli = partial(brotli.compress, quality=self._brotli_quality)
        return compressor


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, outlast a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(path: Path) -> None:
    """Keep the name through a power cut; not every file system offers it."""
    with suppress(OSError):
        sync(path)
