"""A bank's table of text: its encoding, its delimiter, its heading row, and the rows under it.

Nothing is guessed that could swallow a row: a quotation mark that is not closed refuses the file.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.formats import western_digits
from marketplace.payments.bank_statements.errors import StatementUnreadable
from marketplace.payments.bank_statements.headers import is_heading

# What stands above the heading row at most: the bank's name, the account, the period.
MOST_PREAMBLE = 60
DELIMITERS = ";,\t|"
_ENCODINGS = ("utf-8-sig", "cp1252", "cp1256")
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
    refused: StatementUnreadable | None = None
    for text in _texts(content):
        for delimiter in _delimiters(text):
            try:
                rows = list(_rows(text, delimiter))
            except StatementUnreadable as error:
                # The first reading is the most likely one.
                refused = refused or error
                continue
            found = next((n for n, row in enumerate(rows) if is_heading(row.cells)), None)
            if found is not None and found <= MOST_PREAMBLE:
                return Table(rows[:found], rows[found], rows[found + 1 :])
    raise refused or StatementUnreadable(_("a date and an amount column are needed"), 1)


def _texts(content: bytes) -> Iterator[str]:
    """The file's text in each encoding that it may have, with one kind of line end."""
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            raise StatementUnreadable(_("it contains a null character"), line)
        yield text


def _delimiters(text: str) -> list[str]:
    """The delimiter that the file names, else all, the one that is there most often first."""
    named = re.match(r"\s*\"?sep=(.)", text, re.IGNORECASE)
    if named:
        return [named[1]]
    return sorted(DELIMITERS, key=lambda mark: -text.count(mark))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows that are not empty; the line that names the delimiter is none."""
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    swallowed = re.compile(_DAY_AFTER_A_BREAK + re.escape(delimiter))
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(swallowed.search(western_digits(cell)) for cell in cells):
                raise StatementUnreadable(_("a quotation mark is not closed"), begins)
            if any(stripped) and not (begins == 1 and cells[0].lower().startswith("sep=")):
                yield Row(begins, stripped)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise StatementUnreadable(_("a quotation mark is not closed"), begins) from error
