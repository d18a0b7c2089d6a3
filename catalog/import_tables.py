"""A products table as it comes: CSV in any usual encoding, XLSX, XLS or ODS; its heading is found.

Above the heading there may be a title, a date, an address.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.errors import UnreadableFile
from catalog.import_headings import Meaning, meaning_of
from marketplace.core import csv_table
from marketplace.core.csv_table import CsvRow, CsvUnreadable
from marketplace.core.encodings import encoding_name, encoding_of
from marketplace.core.workbooks import WorkbookUnreadable, is_workbook, read_workbook

MOST_BYTES = 50_000_000
# How far down a heading is looked for.
_HEADING_ROWS = 20
_DELIMITERS = (",", ";", "\t", "|")
_FOREIGN = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf", b"Rar!")
_MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml")


class Table(NamedTuple):
    """The heading, the rows below it that have something in them, and how the file was read.

    ``how`` names the sheet of a spreadsheet, or the encoding of a text.
    """

    heading: CsvRow
    rows: Iterator[CsvRow]
    how: str


def read_table(content: bytes) -> Table:
    """Raises UnreadableFile, with the line where there is one; so does reading the rows."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile({"file": _("A file can be at most 50 MB.")})
    _refuse_foreign(content)
    try:
        if is_workbook(content):
            sheet = read_workbook(content)
            return _below_heading(_numbered(sheet.rows), sheet.name)
        return _text_table(content)
    except (WorkbookUnreadable, CsvUnreadable) as error:
        raise UnreadableFile({"file": str(error)}) from error


def _refuse_foreign(content: bytes) -> None:
    begins = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(_MARKUP):
        text = _(
            "This is a web page with the name of a spreadsheet. Open it in a spreadsheet program "
            "and save it as XLSX or “CSV UTF-8”."
        )
        raise UnreadableFile({"file": text})
    if content.startswith(_FOREIGN):
        text = _("This is a document or a picture, not a table. Send XLSX, XLS, ODS or CSV.")
        raise UnreadableFile({"file": text})


def _text_table(content: bytes) -> Table:
    encoding = encoding_of(content, _recognized)
    text = csv_table.text_of(content, encoding)
    source = csv_table.read_rows_of(text, MOST_BYTES, _delimiter(text))
    return _below_heading(chain([source.heading], source.rows), encoding_name(encoding))


def _below_heading(rows: Iterable[CsvRow], how: str) -> Table:
    """Take the first of the rows with most known headings for the heading."""
    waiting = iter(rows)
    first = list(islice(waiting, _HEADING_ROWS))
    if not first:
        return Table(CsvRow(1, 1, []), iter(()), how)
    scores = [_score(meaning_of(row.cells)) for row in first]
    at = scores.index(max(scores))
    # Rows are counted from the heading, which is row 1.
    offset = first[at].number - 1
    below = chain(first[at + 1 :], waiting)
    counted = (row._replace(number=row.number - offset) for row in below)
    return Table(first[at]._replace(number=1), counted, how)


def _score(meaning: Meaning) -> tuple[bool, int]:
    return meaning.has_name, meaning.recognized


def _numbered(rows: Iterable[list[str]]) -> Iterator[CsvRow]:
    for number, cells in enumerate(rows, 1):
        if any(cell.strip() for cell in cells):
            yield CsvRow(number, number, cells)


def _recognized(text: str) -> int:
    """How many headings the fullest of the first lines has, however its fields are separated."""
    return max(_in_line(line, sign) for line in _first_lines(text) for sign in _DELIMITERS)


def _delimiter(text: str) -> str:
    """The sign that yields most known headings in one line, then the most fields."""
    lines = _first_lines(text)

    def score(sign: str) -> tuple[int, int]:
        return max((_in_line(line, sign), line.count(sign)) for line in lines)

    return max(_DELIMITERS, key=score)


def _first_lines(text: str) -> list[str]:
    lines = text[:50_000].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line[:5_000] for line in lines if line.strip()][:_HEADING_ROWS] or [""]


def _in_line(line: str, sign: str) -> int:
    return meaning_of([cell.strip('" ') for cell in line.split(sign)]).recognized
