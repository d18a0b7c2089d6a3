"""Statements as CSV and XLSX (right to left in Arabic).

Written row by row, so that memory does not grow with the month.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from marketplace.core.formats import plain_amount
from marketplace.core.spreadsheets import amount_cell, csv_writer, safe_cell
from marketplace.payouts.balances.balance_history import StatementRow, movements_paid_by
from marketplace.payouts.queries import line_sums
from marketplace.payouts.statements.lines import Statement, payments_in
from vendors.scoping import CooperativeScope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets need it to read Arabic in a CSV file.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WIDTHS = (12, 40, 20, 14, 14, 16, 14, 14, 10)


def statement_csv(target: IO[bytes], _scope: CooperativeScope, found: Iterable[Statement]) -> None:
    """Write the statements' movements as CSV: decimal points, no cell is a formula."""
    target.write(BYTE_ORDER_MARK)
    out = io.TextIOWrapper(target, encoding="utf-8", newline="")
    writer = csv_writer(out, lineterminator="\r\n")
    writer.writerow(_headings())
    for statement in found:
        for row in statement.rows:
            writer.writerow(
                [
                    row.booked_on.isoformat(),
                    row.label,
                    row.number,
                    *(plain_amount(amount, statement.currency) for amount in _amounts(row)),
                    statement.currency,
                ]
            )
    out.detach()


def statement_xlsx(target: IO[bytes], scope: CooperativeScope, found: Sequence[Statement]) -> None:
    """Write the statements as a workbook: real dates and numbers, no cell is a formula.

    A sheet of movements, one of the movements in each payment, one of how each payment adds up and
    what became of it, one of the month's sums.
    """
    book = Workbook(write_only=True)
    sheet = _sheet(book, _("Movements"), _headings())
    for statement in found:
        for row in statement.rows:
            sheet.append(_cells(sheet, row, statement.currency))
    headings = (pgettext("payout", "Payout"), *_headings()[:-2], _headings()[-1])
    sheet = _sheet(book, _("Payouts"), headings)
    for statement in found:
        for reference, row in _paid_movements(scope, statement):
            cells = _cells(sheet, row, statement.currency)
            sheet.append([safe_cell(reference), *cells[:-2], cells[-1]])
    _add_calculations(book, scope, found)
    sheet = _sheet(book, _("Totals"), (_("Item"), _("Amount"), _("Currency")))
    for statement in found:
        for label, amount in statement.sums:
            number = amount_cell(sheet, amount, statement.currency)
            sheet.append([label, number, statement.currency])
    book.save(target)


def _add_calculations(book: Any, scope: CooperativeScope, found: Iterable[Statement]) -> None:
    headings = (pgettext("payout", "Payout"), _("State"), _("Item"), _("Amount"), _("Currency"))
    sheet = _sheet(book, _("Calculation"), headings)
    for statement in found:
        for line in payments_in(scope, statement):
            terms = [*line_sums(line), (_("Total"), line.amount_minor)]
            for label, amount in terms:
                number = amount_cell(sheet, amount, statement.currency)
                facts = [safe_cell(line.run.reference), str(line.get_state_display()), label]
                sheet.append([*facts, number, statement.currency])


def _headings() -> Sequence[str]:
    return (
        _("Date"),
        _("Movement"),
        _("Reference"),
        _("Gross"),
        _("Commission"),
        _("VAT on the commission"),
        _("Amount"),
        _("Balance"),
        _("Currency"),
    )


def _paid_movements(
    scope: CooperativeScope, statement: Statement
) -> Iterator[tuple[str, StatementRow]]:
    for line in payments_in(scope, statement):
        for row in movements_paid_by(scope, line):
            yield line.run.reference, row


def _sheet(book: Any, title: str, headings: Sequence[str]) -> Any:
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    cells = [WriteOnlyCell(sheet, heading) for heading in headings]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _cells(sheet: Any, row: StatementRow, currency: str) -> list[Any]:
    amounts = [amount_cell(sheet, amount, currency) for amount in _amounts(row)]
    return [row.booked_on, safe_cell(row.label), safe_cell(row.number), *amounts, currency]


def _amounts(row: StatementRow) -> tuple[int, int, int, int, int]:
    return (
        row.gross_minor,
        row.commission_minor,
        row.tax_minor,
        row.amount_minor,
        row.balance_minor,
    )
