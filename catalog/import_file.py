"""Reading an import file: its columns, and one row for each listing."""

from collections.abc import Iterator
from dataclasses import replace
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
from catalog.import_values import PRICE_COLUMNS
from marketplace.core import csv_table
from marketplace.core.csv_table import CsvRow, CsvRows, CsvUnreadable, columns_of
from marketplace.core.word_lists import listed

MOST_ROWS = 20_000


MOST_BYTES = 50_000_000


LONGEST_FIELD = 100_000


def read_rows(file: IO[bytes], defaults: Defaults) -> Iterator[ImportRow]:
    """The rows in order; raises UnreadableFile, with the line, for what is no table.

    An error may be found in the last row only: read all rows before importing any.
    """
    try:
        heading, rows = _table(file)
        columns, language = columns_of(heading, known_columns())
        _require_name(columns, heading)
        # Amounts are written as the headings are; in English ones as the reader writes them.
        defaults = replace(defaults, language=language or defaults.language)
        for row in rows:
            if row.number > MOST_ROWS + 1:
                raise UnreadableFile({"file": _("A file can have at most 20,000 rows.")})
            yield _read(row, columns, defaults)
    except CsvUnreadable as error:
        raise UnreadableFile({"file": str(error)}) from error


def unknown_columns(file: IO[bytes]) -> list[str]:
    """The columns that are not used; the file is rewound. Raises UnreadableFile."""
    try:
        columns, _language = columns_of(_table(file).heading, known_columns())
    except CsvUnreadable as error:
        raise UnreadableFile({"file": str(error)}) from error
    finally:
        file.seek(0)
    return [name for name in columns if name and name not in known_columns()]


def known_columns() -> set[str]:
    """Every column that is read."""
    plain = "key category taxonomy origin_country materials quality_marks net_quantity hs_code"
    return {
        *plain.split(),
        *("name", "description", "weight", "weight_grams", "quantity"),
        *ALTERNATIVE_COLUMNS.values(),
        *(f"{part}_{lang}" for part in ("name", "description") for lang in LANGUAGES),
        *PRICE_COLUMNS,
    }


def _table(file: IO[bytes]) -> CsvRows:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableFile({"file": _("A file can be at most 50 MB.")})
    return csv_table.read_rows(content, longest_field=MOST_BYTES)


def _require_name(columns: list[str], heading: CsvRow) -> None:
    """Raise UnreadableFile, with the line of the heading, when there is no column of names."""
    names = {"name", "name_as_entered", *(f"name_{lang}" for lang in LANGUAGES)}
    if names & set(columns):
        return
    if not any(columns):
        raise UnreadableFile({"file": UnreadableFile.message})
    text = _("No column is called name, name_ar, name_fr or name_en. Found: %(columns)s.")
    told = text % {"columns": listed(columns)[:200]}
    raise UnreadableFile({"file": str(CsvUnreadable(heading.begins, told))})


def _read(source: CsvRow, columns: list[str], defaults: Defaults) -> ImportRow:
    cells = source.cells
    read = ImportRow(source.number, "", "", line=source.begins)
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
