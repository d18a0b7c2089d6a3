"""Spreadsheet cells: text that is never a formula, and amounts."""

from typing import Any

from openpyxl.cell import WriteOnlyCell

from marketplace.core.money import Money, exponent

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text, quoted if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def amount_cell(sheet: Any, amount_minor: int, currency: str) -> Any:
    """A number cell of a write-only sheet for an amount in minor units, with its decimals."""
    cell = WriteOnlyCell(sheet, Money(amount_minor, currency).decimal)
    places = exponent(currency)
    cell.number_format = "#,##0" + ("." + "0" * places if places else "")
    return cell
