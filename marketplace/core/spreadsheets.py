"""Spreadsheet cells: text that is never a formula, and amounts.

Every table that people open in a spreadsheet is written by ``csv_writer``, or its texts pass
``safe_cell``: names, titles and notes in it were typed by others.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from openpyxl.cell import WriteOnlyCell

from marketplace.core.money import Money, exponent

_STARTS_A_FORMULA = tuple("=+-@|")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# What a spreadsheet skips before it decides, and what a workbook may not contain.
_SKIPPED = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_cell(text: str) -> str:
    """The text, quoted if a spreadsheet would take it for a formula.

    Leading spaces and invisible marks do not hide one, nor do the wide forms of East Asian type.
    """
    text = _UNWRITABLE.sub("", text)
    seen = next((each for each in text if unicodedata.category(each) not in _SKIPPED), "")
    hides = bool(text) and text[0] in "\t\r\n"
    is_formula = unicodedata.normalize("NFKC", seen).startswith(_STARTS_A_FORMULA)
    return f"'{text}" if hides or is_formula else text


def typed_cell(text: str) -> str:
    """The text that ``safe_cell`` wrote: without the mark that it set before a formula."""
    bare = text[1:]
    return bare if text.startswith("'") and safe_cell(bare) == text else text


class SafeWriter:
    """Writes rows of CSV in which no text is a formula; written numbers stay numbers."""

    def __init__(self, out: Any, **options: Any) -> None:
        self._writer = csv.writer(out, **options)

    def writerow(self, cells: Iterable[object]) -> None:
        """Write a row."""
        self._writer.writerow([_safe(cell) for cell in cells])

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        """Write several rows."""
        for row in rows:
            self.writerow(row)


def csv_writer(out: Any, **options: Any) -> SafeWriter:
    """Like ``csv.writer``, for tables that people open in a spreadsheet."""
    return SafeWriter(out, **options)


def _safe(cell: object) -> object:
    if not isinstance(cell, str) or _PLAIN_NUMBER.fullmatch(cell):
        return cell
    return safe_cell(cell)


def amount_cell(sheet: Any, amount_minor: int, currency: str) -> Any:
    """A number cell of a write-only sheet for an amount in minor units, with its decimals."""
    cell = WriteOnlyCell(sheet, Money(amount_minor, currency).decimal)
    places = exponent(currency)
    cell.number_format = "#,##0" + ("." + "0" * places if places else "")
    return cell
