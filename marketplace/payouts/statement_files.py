"""A statement to take along: CSV for programs, XLSX for people (right to left in Arabic)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from marketplace.core.money import Money, exponent
from marketplace.core.spreadsheets import safe_cell
from marketplace.payouts.statements import Statement, StatementRow, plain_amount

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# So that spreadsheets read Arabic in a CSV file right.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WIDTHS = (12, 34, 18, 14, 14, 14, 14, 10)


def statement_csv(found: Iterable[Statement]) -> bytes:
    """The statements as CSV: amounts with a point, no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_headings())
    for statement, row in _rows(found):
        writer.writerow(
            [
                row.booked_on.isoformat(),
                safe_cell(row.label),
                safe_cell(row.number),
                *(plain_amount(amount, statement.currency) for amount in _amounts(row)),
                statement.currency,
            ]
        )
    return BYTE_ORDER_MARK + out.getvalue().encode()


def statement_xlsx(found: Iterable[Statement]) -> bytes:
    """The statements as a workbook: real dates and numbers, no cell is a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.freeze_panes = "A2"
    sheet.append(list(_headings()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for statement, row in _rows(found):
        amounts = [Money(amount, statement.currency).decimal for amount in _amounts(row)]
        texts = [safe_cell(row.label), safe_cell(row.number)]
        sheet.append([row.booked_on, *texts, *amounts, statement.currency])
        places = exponent(statement.currency)
        for cell in sheet[sheet.max_row][3:7]:
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings() -> Sequence[str]:
    return (
        _("Date"),
        _("Movement"),
        _("Reference"),
        _("Gross"),
        _("Commission"),
        _("Amount"),
        _("Balance"),
        _("Currency"),
    )


def _rows(found: Iterable[Statement]) -> Iterator[tuple[Statement, StatementRow]]:
    for statement in found:
        for row in statement.rows:
            yield statement, row


def _amounts(row: StatementRow) -> tuple[int, int, int, int]:
    return row.gross_minor, row.commission_minor, row.amount_minor, row.balance_minor
