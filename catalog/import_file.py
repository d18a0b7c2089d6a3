"""Reading an import file: its columns, and one row for each listing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from catalog.content import LONGEST_NAME
from catalog.errors import UnreadableFile
from catalog.import_headings import Meaning, heading_named, meaning_of
from catalog.import_no_products import no_product
from catalog.import_pictures import pictures_in
from catalog.import_rows import (
    LONGEST_KEY,
    Defaults,
    ImportRow,
    fill_content,
    key_of,
)
from catalog.import_sections import Placed, placed, told
from catalog.import_tables import MOST_BYTES, read_table
from catalog.import_texts import cell, one_line, texts_of
from catalog.import_variants import (
    Families,
    families_of,
    has_amounts,
    is_variable,
    is_variation,
    joined,
    option_name,
    place_variation,
    take_family,
    variation_of,
)
from marketplace.core.csv_table import CsvRow, CsvUnreadable
from marketplace.core.word_lists import listed

MOST_ROWS = 20_000


LONGEST_FIELD = 100_000


def read_rows(
    file: IO[bytes], defaults: Defaults, columns: Sequence[str] | None = None
) -> Iterator[ImportRow]:
    """The rows in order; raises UnreadableFile, with the line, for what is no table.

    ``columns`` says what each column is (empty: not read), else the headings do. An error may be
    found in the last row only: read all rows before importing any.
    """
    content = file.read(MOST_BYTES + 1)
    table = read_table(content)
    meaning = meaning_of(table.heading.cells)
    if columns is None:
        _require_distinct(table.heading)
    chosen = Meaning(list(columns or meaning.columns), meaning.language)
    _require_name(chosen, table.heading)
    # Amounts are written as the headings are; in English ones as the reader writes them.
    named = dict(zip(chosen.columns, (name.strip() for name in table.heading.cells), strict=False))
    defaults = replace(defaults, language=meaning.language or defaults.language, headings=named)
    how = _How(chosen.columns, _families(content, chosen.columns, defaults))
    places = placed(_counted(table.rows), chosen.columns)
    yield from joined(_placed_row(place, how, defaults) for place in places)


class _How(NamedTuple):
    """What each column is, and the products whose sizes and colours stand in other rows."""

    columns: list[str]
    families: Families


def _families(content: bytes, columns: list[str], defaults: Defaults) -> Families:
    """Of a table of WooCommerce; others are not read for it."""
    if not {"parent", "row_kind"} <= set(columns):
        return Families()
    named = ((row.number, _named(row, columns)) for row in _counted(read_table(content).rows))
    return families_of(((number, row, pictures_in(row)) for number, row in named), defaults)


def _named(source: CsvRow, columns: list[str]) -> dict[str, str]:
    return {column: text for column, text in zip(columns, source.cells, strict=False) if column}


def count_rows(rows: Iterator[CsvRow]) -> int:
    """How many rows a table has; raises UnreadableFile for too many, before any is understood."""
    return sum(1 for _row in _counted(rows))


def _counted(rows: Iterator[CsvRow]) -> Iterator[CsvRow]:
    """The rows; raises UnreadableFile at one too many, and for what is no table."""
    try:
        for row in rows:
            if row.number > MOST_ROWS + 1:
                raise UnreadableFile({"file": _("A file can have at most 20,000 rows.")})
            yield row
    except CsvUnreadable as error:
        raise UnreadableFile({"file": str(error)}) from error


def unknown_columns(file: IO[bytes]) -> list[str]:
    """The headings that are not used; the file is rewound. Raises UnreadableFile."""
    try:
        heading = read_table(file.read(MOST_BYTES + 1)).heading.cells
    finally:
        file.seek(0)
    named = zip(heading, meaning_of(heading).columns, strict=True)
    return [cell.strip() for cell, column in named if cell.strip() and not column]


def _require_distinct(heading: CsvRow) -> None:
    """Raise UnreadableFile for two headings that mean the same: nobody said which to take."""
    seen: set[str] = set()
    for name in heading.cells:
        column, _language = heading_named(name)
        if column and column in seen:
            why = _("two columns are called “%(column)s”.") % {"column": column}
            raise UnreadableFile({"file": str(CsvUnreadable(heading.begins, why))})
        seen.add(column)


def _require_name(meaning: Meaning, heading: CsvRow) -> None:
    """Raise UnreadableFile, with the line of the heading, when there is no column of names."""
    if meaning.has_name:
        return
    found = [name.strip() for name in heading.cells if name.strip()]
    if not found:
        raise UnreadableFile({"file": UnreadableFile.message})
    text = _("No column is called name, name_ar, name_fr or name_en. Found: %(columns)s.")
    why = text % {"columns": listed(found)[:200]}
    raise UnreadableFile({"file": str(CsvUnreadable(heading.begins, why))})


def _placed_row(place: Placed, how: _How, defaults: Defaults) -> ImportRow:
    if not place.heading:
        hint = place.category.slug if place.category else defaults.category_slug
        return _read(place.row, how, replace(defaults, category_slug=hint))
    number, line = place.row.number, place.row.begins
    return ImportRow(number, "", one_line(place.heading), problem=told(place), line=line)


def _read(source: CsvRow, how: _How, defaults: Defaults) -> ImportRow:
    cells, columns = source.cells, how.columns
    read = ImportRow(source.number, "", "", line=source.begins)
    row = _named(source, columns)
    texts = texts_of(row)
    read.key, read.option = cell(row, "key"), option_name(row)
    read.name = next((text.name for text in texts.values() if text.name), "")
    read.pictures, read.has_amounts = pictures_in(row), has_amounts(row)
    read.problem = _shape_problem(columns, cells)
    if is_variation(row):
        if not read.problem:
            place_variation(read, row, how.families)
        return read
    read.problem = read.problem or no_product(row, defaults.headings) or _name_problem(read.name)
    if len(read.key) > LONGEST_KEY:
        read.problem = _("The key is too long. The limit is 120 characters.")
    if len(cells) < len(columns):
        read.notes.append(_("The row has fewer fields than the header."))
    if not read.problem:
        read.key = read.key or key_of(read.name)
        fill_content(read, row, texts, defaults)
        if is_variable(row):
            take_family(read, how.families)
    else:
        if read.key and not read.name and read.has_amounts:
            read.variation = variation_of(read.number, row, defaults)
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
