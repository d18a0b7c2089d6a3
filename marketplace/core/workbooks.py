"""Spreadsheets as people send them (XLSX, XLS, ODS): the rows of one sheet.

Formulas give the values that were saved with them. The file is read by a program of its own within
limits (``workbook_reader``). Its rows wait in a temporary file: one at a time is in memory.
"""

import errno
import json
import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError
from marketplace.core.limited_programs import Ended, file_of

MOST_UNPACKED_BYTES = 300_000_000
_MOST_MEMBERS = 5_000
_WAIT_SECONDS = 90
# How the reader says why there are no rows.
STATUS_PASSWORD, STATUS_LARGE, STATUS_FULL = 3, 4, 5
_READER = Path(__file__).with_name("workbook_reader.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# One at a time in each process: several large sheets do not add up.
_one_at_a_time = BoundedSemaphore()


class WorkbookUnreadable(TwizaError):
    """The file is no spreadsheet that can be read."""

    code = "workbook_unreadable"
    message = _("This spreadsheet cannot be read. Save it anew as XLSX, ODS or “CSV UTF-8”.")


class WorkbookLocked(WorkbookUnreadable):
    """The file is protected by a password."""

    code = "workbook_locked"
    message = _("This spreadsheet has a password. Save it without one, then send it again.")


class WorkbookTooLarge(WorkbookUnreadable):
    """Unpacked, the file is far larger than a table of products."""

    code = "workbook_too_large"
    message = _(
        "This spreadsheet is too large once unpacked. Copy the table into a new file and save that."
    )


class Number(str):
    """A cell that the spreadsheet holds as a number: a point before its decimals, no grouping."""

    __slots__ = ()


class Sheet(NamedTuple):
    """The fullest visible sheet: its name, and its rows from the first row of the sheet."""

    name: str
    rows: Iterator[list[str]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a spreadsheet's do, and no table of text."""
    return content.startswith((_ZIP, _OLE))


def read_workbook(content: bytes, *, most_unpacked: int = MOST_UNPACKED_BYTES) -> Sheet:
    """The sheet with most rows; raises WorkbookUnreadable and its kinds."""
    if content.startswith(_ZIP):
        _require_small(content, most_unpacked)
    if not _one_at_a_time.acquire(timeout=_WAIT_SECONDS):
        raise WorkbookUnreadable
    try:
        status, found = _read(content)
    finally:
        _one_at_a_time.release()
    if status:
        found.close()
        raise _refusal(status)
    lines = _lines(found)
    return Sheet(next(lines), lines)


def _lines(found: IO[bytes]) -> Iterator[Any]:
    """The name of the sheet, then its rows."""
    with found:
        for line in found:
            yield json.loads(line, parse_int=Number, parse_float=Number)


def _refusal(status: int) -> Exception:
    if status == STATUS_FULL:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    kinds = {STATUS_PASSWORD: WorkbookLocked, STATUS_LARGE: WorkbookTooLarge}
    return kinds.get(status, WorkbookUnreadable)()


def _require_small(content: bytes, most_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise WorkbookUnreadable from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > most_unpacked or len(members) > _MOST_MEMBERS:
        raise WorkbookTooLarge


def _read(content: bytes) -> tuple[int, IO[bytes]]:
    """What the reader wrote; raises WorkbookTooLarge when its limits ended it."""
    try:
        return file_of(_READER, content, seconds=_WAIT_SECONDS)
    except Ended as error:
        raise WorkbookTooLarge from error
