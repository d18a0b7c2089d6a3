"""Reads one spreadsheet in a process of its own, with little memory and time.

A small file can ask for gigabytes (a cell at the far end of a sheet, a zip in a zip): what goes
wrong here ends this process and nothing else. The file comes on standard input; the name of its
fullest visible sheet and then its rows, each a line of JSON, go to standard output. The exit status
says why there are none.
"""

import errno
import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 60
# Many cells may share one long text: what is written can be far larger than the file.
MOST_WRITTEN_BYTES = 300_000_000
UNREADABLE, PASSWORD, LARGE, FULL = 2, 3, 4, 5
# One more than an import takes, so that a longer sheet is told from a full one.
MOST_ROWS = 20_100
MOST_COLUMNS = 500
MOST_SHEETS = 100
LONGEST_CELL = 100_001
# The name of what Office keeps a workbook with a password in.
_LOCKED = "EncryptedPackage".encode("utf-16-le")

Cell = int | float | str | bool | time | date | datetime | timedelta
Plain = int | float | str


def main() -> int:
    """Read standard input and write the sheet; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN_BYTES, MOST_WRITTEN_BYTES))
    data = sys.stdin.buffer.read()
    try:
        _write(data)
        sys.stdout.buffer.flush()
    except PasswordError:
        return PASSWORD
    except MemoryError:
        return LARGE
    except OSError as error:
        return {errno.EFBIG: LARGE, errno.ENOSPC: FULL}.get(error.errno or 0, UNREADABLE)
    except (CalamineError, ValueError):
        # Calamine names a password only where it is told the kind of file.
        return PASSWORD if _LOCKED in data else UNREADABLE
    return 0


def _write(data: bytes) -> None:
    """Write the visible sheet with most rows; the first of several that have as many."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        kinds = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        shown = [sheet.name for sheet in kinds if sheet.visible == SheetVisibleEnum.Visible]
        fullest: CalamineSheet | None = None
        for name in shown[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if fullest is None or sheet.height > fullest.height:
                fullest = sheet
        if fullest is None:
            raise ValueError("no visible sheet")
        _line(fullest.name)
        for row in _rows(fullest):
            _line(row)


def _line(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def _rows(sheet: CalamineSheet) -> Iterator[list[Plain]]:
    """The rows from the first of the sheet; a cell merged over several rows is in each of them."""
    merged = _merged_downward(sheet)
    left = sheet.start[1] if sheet.start else 0
    held: dict[int, tuple[int, Plain]] = {}
    for number, cells in enumerate(islice(sheet.iter_rows(), MOST_ROWS)):
        row = [_plain(cell) for cell in cells[:MOST_COLUMNS]]
        for at, (last, value) in held.items():
            if number <= last and row[at] == "":
                row[at] = value
        for column, last in merged.get(number, {}).items():
            if 0 <= column - left < len(row):
                held[column - left] = last, row[column - left]
        yield row


def _merged_downward(sheet: CalamineSheet) -> dict[int, dict[int, int]]:
    """The first rows of merged cells: column → last row."""
    found: dict[int, dict[int, int]] = {}
    for (first, column), (last, _column) in (sheet.merged_cell_ranges or [])[:MOST_ROWS]:
        if last > first:
            found.setdefault(first, {})[column] = last
    return found


def _plain(cell: Cell) -> Plain:
    """Numbers stay numbers, without what a sum of fractions leaves; the rest is text."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        rounded = float(f"{cell:.15g}")
        if rounded != rounded or rounded in (float("inf"), float("-inf")):  # noqa: PLR0124
            return ""
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(cell, int):
        return cell
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)[:LONGEST_CELL]


if __name__ == "__main__":
    sys.exit(main())
