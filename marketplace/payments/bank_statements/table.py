"""A bank's table of text: its encoding, its delimiter, its heading row, and the rows under it.

Nothing is guessed that could swallow a row: a quotation mark that is not closed refuses the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.csv_table import CsvUnreadable, rows_of, text_of
from marketplace.core.formats import western_digits
from marketplace.payments.bank_statements.errors import StatementUnreadable
from marketplace.payments.bank_statements.headers import is_heading

# What stands above the heading row at most: the bank's name, the account, the period.
MOST_PREAMBLE = 60
DELIMITERS = ";,\t|"
_ENCODINGS = ("utf-8", "cp1252", "cp1256")
_DAY_AFTER_A_BREAK = r"\n\s*\"?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\"?\s*"


@dataclass(frozen=True)
class Row:
    """Cells without spaces around them, and the line of the file where they begin."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """What stands above the heading row, the heading row, and the rows under it."""

    preamble: list[Row]
    heading: Row
    rows: list[Row]


def read_bank_table(content: bytes) -> Table:
    """The table of a file; raises StatementUnreadable with the line."""
    if not content.strip():
        raise StatementUnreadable(_("it is empty"), 1)
    refused: CsvUnreadable | None = None
    for text in _texts(content):
        for delimiter in _delimiters(text):
            try:
                rows = list(_rows(text, delimiter))
            except CsvUnreadable as error:
                # The first reading is the most likely one.
                refused = refused or error
                continue
            found = next((n for n, row in enumerate(rows) if is_heading(row.cells)), None)
            if found is not None and found <= MOST_PREAMBLE:
                return Table(rows[:found], rows[found], rows[found + 1 :])
    if refused:
        raise _unreadable(refused) from refused
    raise StatementUnreadable(_("a date and an amount column are needed"), 1)


def _texts(content: bytes) -> Iterator[str]:
    """The text in each encoding that the file may have."""
    for encoding in _ENCODINGS:
        try:
            yield text_of(content, encoding)
        except CsvUnreadable as error:
            # The last encoding has a letter for every byte: it fails for null bytes only.
            if encoding == _ENCODINGS[-1]:
                raise _unreadable(error) from error


def _unreadable(refused: CsvUnreadable) -> StatementUnreadable:
    return StatementUnreadable(refused.why.rstrip("."), refused.line)


def _delimiters(text: str) -> list[str]:
    """The delimiter that the file names, else all, the one that is there most often first."""
    named = re.match(r"\s*\"?sep=(.)", text, re.IGNORECASE)
    if named:
        return [named[1]]
    return sorted(DELIMITERS, key=lambda mark: -text.count(mark))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows that are not empty; the line that names the delimiter is none."""
    swallowed = re.compile(_DAY_AFTER_A_BREAK + re.escape(delimiter))
    for row in rows_of(text, delimiter):
        if any(swallowed.search(western_digits(cell)) for cell in row.cells):
            raise CsvUnreadable(row.begins, _("a quotation mark is not closed"))
        if row.begins > 1 or not row.cells[0].lower().startswith("sep="):
            yield Row(row.begins, [cell.strip() for cell in row.cells])
