"""Reads one spreadsheet in a process of its own, with little memory and time.

A small file can ask for gigabytes (a cell at the far end of a sheet, a zip in a zip): what goes
wrong here ends this process and nothing else. The file comes on standard input; the cells of its
fullest visible sheet, as JSON, or a line that says why there are none, go to standard output.
"""

import io
import json
import resource
import sys
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
# One more than an import takes, so that a longer sheet is told from a full one.
MOST_ROWS = 20_100
MOST_COLUMNS = 500
MOST_SHEETS = 100
LONGEST_CELL = 100_001
# The name of what Office keeps a workbook with a password in.
_LOCKED = "EncryptedPackage".encode("utf-16-le")

Cell = int | float | str | bool | time | date | datetime | timedelta


def main() -> None:
    """Read standard input; write the sheet, or ``password`` or ``unreadable``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        answer = json.dumps(_sheet(data), ensure_ascii=False)
    except PasswordError:
        answer = "password"
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}"[:200])
        # Calamine names a password only where it is told the kind of file.
        answer = "password" if _LOCKED in data else "unreadable"
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


def _sheet(data: bytes) -> dict[str, object]:
    """The visible sheet with most rows; the first of several that have as many."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        kinds = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        shown = [sheet.name for sheet in kinds if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(name) for name in shown[:MOST_SHEETS]]
        if not sheets:
            raise ValueError("no visible sheet")
        fullest = max(sheets, key=lambda sheet: sheet.height)
        return {"name": fullest.name, "rows": _rows(fullest)}


def _rows(sheet: CalamineSheet) -> list[list[int | float | str]]:
    above = sheet.start[0] if sheet.start else 0
    blank: list[list[int | float | str]] = [[] for _row in range(min(above, MOST_ROWS))]
    rows = islice(sheet.iter_rows(), MOST_ROWS)
    return blank + [[_plain(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _plain(cell: Cell) -> int | float | str:
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
    main()
