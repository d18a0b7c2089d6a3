"""The report of an import: one line for each row, for a spreadsheet."""

from pathlib import Path

from catalog.services.import_outcomes import ImportReport
from marketplace.core.files import whole_file
from marketplace.core.spreadsheets import csv_writer, safe_cell

COLUMNS = ("row", "line", "key", "name", "outcome", "reason", "notes", "listing")


def write_report(report: ImportReport, path: Path) -> None:
    """Write the report in UTF-8 with a byte order mark (Excel needs it for Arabic), atomically.

    A cell that a spreadsheet would run as a formula is quoted.
    """
    with whole_file(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv_writer(file)
        table.writerow(COLUMNS)
        for row in report.rows:
            notes = " ".join(row.notes)
            texts = (row.key, row.name, row.outcome, row.reason, notes, row.slug)
            table.writerow([row.row, row.line, *(safe_cell(text) for text in texts)])
