"""The report of an import: one line for each row, for a spreadsheet."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from catalog.services.import_outcomes import ImportReport, RowReport
from marketplace.core.files import whole_file
from marketplace.core.spreadsheets import csv_writer, safe_cell

COLUMNS = ("row", "line", "key", "name", "outcome", "reason", "notes", "listing")


class Writable(Protocol):
    """What takes text: an open file, or a response."""

    def write(self, text: str, /) -> object:
        """Take text."""


def write_report(report: ImportReport, path: Path) -> None:
    """Write the report in UTF-8 with a byte order mark (Excel needs it for Arabic), atomically.

    A cell that a spreadsheet would run as a formula is quoted.
    """
    with whole_file(path, "w", encoding="utf-8-sig", newline="") as file:
        write_rows(report, file)


def write_rows(report: ImportReport, file: Writable) -> None:
    """Write the report's table to an open file."""
    write = row_writer(file)
    for row in report.rows:
        write(row)


def row_writer(file: Writable) -> Callable[[RowReport], None]:
    """Write the heading to an open file; each row is written when it is known."""
    table = csv_writer(file)
    table.writerow(COLUMNS)

    def write(row: RowReport) -> None:
        notes = " ".join(row.notes)
        texts = (row.key, row.name, row.outcome, row.reason, notes, row.slug)
        table.writerow([row.row, row.line, *(safe_cell(text) for text in texts)])

    return write
