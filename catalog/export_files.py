"""The table of a cooperative's products as a file: CSV, or a workbook."""

import io
from collections.abc import Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from catalog.exported import COLUMNS, Value, has_name, values_of
from catalog.queries.own_products import OwnProduct
from marketplace.core.money import Money, exponent
from marketplace.core.spreadsheets import amount_cell, csv_writer, safe_cell

# As many decimals look like a group of thousands.
_GROUP = 3


def write_csv(products: Iterable[OwnProduct], target: IO[bytes]) -> None:
    """UTF-8 with the mark by which Excel knows it."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv_writer(text)
    writer.writerow(COLUMNS)
    for values in _rows(products):
        writer.writerow([_amount(value) if isinstance(value, Money) else value for value in values])
    text.flush()
    text.detach()


def write_xlsx(products: Iterable[OwnProduct], target: IO[bytes]) -> None:
    """A workbook of one sheet, with amounts as numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("products")
    sheet.append(COLUMNS)
    for values in _rows(products):
        sheet.append([_cell(sheet, value) for value in values])
    book.save(target)


def _rows(products: Iterable[OwnProduct]) -> Iterable[list[Value]]:
    """What can be read back: a draft without a name cannot."""
    return (values_of(*product) for product in products if has_name(product.content))


def _amount(amount: Money) -> str:
    """With a point before its decimals; a fourth one where three would look like thousands."""
    return f"{amount.decimal}" + "0" * (exponent(amount.currency) == _GROUP)


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, Money):
        return amount_cell(sheet, value.amount_minor, value.currency)
    if not isinstance(value, str) or not value:
        return None if value == "" else value
    cell = WriteOnlyCell(sheet, safe_cell(value))
    # A text such as “#N/A” is no error value.
    cell.data_type = "s"
    return cell
