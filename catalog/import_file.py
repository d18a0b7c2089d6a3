"""Reading an import file: encoding, columns, and one row for each listing."""

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from catalog.content import LONGEST_NAME
from catalog.errors import UnreadableFile
from catalog.import_rows import (
    ALTERNATIVE_COLUMNS,
    LANGUAGES,
    LONGEST_KEY,
    Defaults,
    ImportRow,
    cell,
    fill_content,
    key_of,
    texts_of,
)
from catalog.markets import MARKETS

MOST_ROWS = 20_000


MOST_BYTES = 50_000_000


LONGEST_FIELD = 100_000


def read_rows(file: IO[bytes], defaults: Defaults) -> Iterator[ImportRow]:
    """The rows in order; raises UnreadableFile, with the line, unless it is a CSV file in UTF-8.

    An error may be found in the last row only: read all rows before importing any.
    """
    lines = _decoded(file)
    heading = next(lines, "")
    delimiter = max(",;\t", key=heading.count)
    largest = csv.field_size_limit(MOST_BYTES)
    try:
        # Strict: an unclosed quotation mark must not swallow the rows below it.
        table = csv.reader(_again(heading, lines), delimiter=delimiter, strict=True)
        columns = _columns(next(table, []))
        begins = table.line_num + 1
        for number, cells in enumerate(table, start=2):
            if number > MOST_ROWS + 1:
                raise UnreadableFile({"file": _("A file can have at most 20,000 rows.")})
            if any(cells):
                yield _read(ImportRow(number, "", "", line=begins), columns, cells, defaults)
            begins = table.line_num + 1
    except csv.Error as error:
        raise _unreadable_quotes(begins) from error
    finally:
        csv.field_size_limit(largest)


def unknown_columns(file: IO[bytes]) -> list[str]:
    """The columns that are not used; the file is rewound."""
    heading = next(_decoded(file), "")
    file.seek(0)
    columns = next(csv.reader([heading], delimiter=max(",;\t", key=heading.count)), [])
    return [name for name in (c.strip() for c in columns) if name and name not in _known_columns()]


def _decoded(file: IO[bytes]) -> Iterator[str]:
    """The lines as text; raises UnreadableFile with the first line that is not UTF-8."""
    read, number = 0, 0
    while line := file.readline(MOST_BYTES + 1):
        read, number = read + len(line), number + 1
        if read > MOST_BYTES:
            raise UnreadableFile({"file": _("A file can be at most 50 MB.")})
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            words = _("Line %(line)s is not UTF-8. Save the table as CSV in UTF-8.")
            raise UnreadableFile({"file": words % {"line": number}}) from error


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _unreadable_quotes(line: int) -> UnreadableFile:
    words = _("From line %(line)s: a quotation mark is not closed or is misplaced.")
    return UnreadableFile({"file": words % {"line": line}})


def _columns(heading: list[str]) -> list[str]:
    """The column names; raises UnreadableFile when there is no name column or a duplicate."""
    columns = [name.strip() for name in heading]
    if not {"name", "name_as_entered", *(f"name_{lang}" for lang in LANGUAGES)} & set(columns):
        if not any(columns):
            raise UnreadableFile({"file": UnreadableFile.message})
        words = _("No column is called name, name_ar, name_fr or name_en. Found: %(columns)s.")
        found = ", ".join(columns)[:200]
        raise UnreadableFile({"file": words % {"columns": found}})
    for name in columns:
        if name and columns.count(name) > 1:
            words = _("Two columns are called %(column)s.")
            raise UnreadableFile({"file": words % {"column": name}})
    return columns


def _known_columns() -> set[str]:
    plain = "key category taxonomy origin_country materials quality_marks net_quantity hs_code"
    return {
        *plain.split(),
        *("name", "description", "weight_grams", "quantity"),
        *ALTERNATIVE_COLUMNS.values(),
        *(f"{part}_{lang}" for part in ("name", "description") for lang in LANGUAGES),
        *(f"price_{market.channel_slug}" for market in MARKETS),
    }


def _read(read: ImportRow, columns: list[str], cells: list[str], defaults: Defaults) -> ImportRow:
    row = dict(zip(columns, cells, strict=False))
    texts = texts_of(row)
    read.key = cell(row, "key")
    read.name = next((text.name for text in texts.values() if text.name), "")
    read.problem = _shape_problem(columns, cells) or _name_problem(read.name)
    if len(read.key) > LONGEST_KEY:
        read.problem = _("The key is too long. The limit is 120 characters.")
    if len(cells) < len(columns):
        read.notes.append(_("The row has fewer fields than the header."))
    if not read.problem:
        read.key = read.key or key_of(read.name)
        fill_content(read, row, texts, defaults)
    else:
        read.key, read.name = read.key[:LONGEST_KEY], read.name[: LONGEST_NAME + 1]
    return read


def _shape_problem(columns: list[str], cells: list[str]) -> str:
    if any(cells[len(columns) :]):
        return _(
            "The row has more fields than the header. "
            "Does it contain a text with a comma and no quotation marks?"
        )
    if any(len(cell) > LONGEST_FIELD for cell in cells):
        return _("A field is too long. The limit is 100,000 characters.")
    return ""


def _name_problem(name: str) -> str:
    if not name:
        return _("The name is empty.")
    if not any(c.isalpha() for c in name):
        return _("The name has no letters.")
    if len(name) > LONGEST_NAME:
        return _("The name is too long. The limit is 120 characters.")
    return ""
