"""The report of an import: one line for each row, for a spreadsheet."""

import csv
from pathlib import Path

from catalog.services.importing import ImportReport
from marketplace.core.spreadsheets import safe_cell

COLUMNS = ("row", "line", "key", "name", "outcome", "reason", "notes", "listing")


def write_report(report: ImportReport, path: Path) -> None:
    """Write the report in UTF-8 with a byte order mark (Excel needs it for Arabic), atomically.

    A cell that a spreadsheet would run as a formula is quoted.
    """
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in report.rows:
            notes = " ".join(row.notes)
            texts = (row.key, row.name, row.outcome, row.reason, notes, row.slug)
            table.writerow([row.row, row.line, *(safe_cell(text) for text in texts)])
    part.replace(path)
