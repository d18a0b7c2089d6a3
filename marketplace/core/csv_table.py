"""An uploaded CSV table: read once, row by row, whole or not at all."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

Cells = dict[str, str]


class CsvUnreadable(ValueError):
    """The bytes are no table in UTF-8."""


class CsvTable(NamedTuple):
    """Names of columns in lower case, and rows: the line where each ends, and its cells by column.

    Names and cells have no spaces around them; the cells that a short row lacks are empty. Rows are
    read as one asks for them: nothing may be done with the first before the last is known.
    """

    columns: list[str]
    rows: Iterator[tuple[int, Cells]]


def read_table(content: bytes) -> CsvTable:
    """A table in UTF-8, separated by commas, semicolons or tabs.

    This and reading the rows raise CsvUnreadable for other bytes, for null bytes, which no column
    of ours holds, and for what the reader of CSV refuses, such as a field of more than 131,072
    characters.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CsvUnreadable(str(error)) from error
    if "\0" in text:
        raise CsvUnreadable("a null byte")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise CsvUnreadable(str(error)) from error
    reader.fieldnames = columns
    return CsvTable(columns, _rows(reader, columns))


def _rows(reader: "csv.DictReader[str]", columns: list[str]) -> Iterator[tuple[int, Cells]]:
    try:
        for row in reader:
            yield reader.line_num, {name: (row[name] or "").strip() for name in columns}
    except csv.Error as error:
        raise CsvUnreadable(str(error)) from error
