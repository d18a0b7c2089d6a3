"""An uploaded CSV table: read once, row by row, whole or not at all.

UTF-8 or UTF-16, any line ends, separated by commas, semicolons or tabs (or by what a first line
``sep=;`` says). Quotation marks are taken strictly: one that is not closed would swallow the rows
below it. Whatever cannot be read names its line.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import TwizaError

Cells = dict[str, str]
NAMES_FILE = Path(__file__).parent / "data" / "column_names.csv"
LONGEST_FIELD = 131_072
_MARK = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR = re.compile(r'"?sep=(?P<sign>[,;|\t])"?[,;|\t ]*', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


class CsvUnreadable(TwizaError):
    """The bytes are no table; ``line`` is where, ``why`` says it in the reader's language."""

    code = "csv_unreadable"
    message = gettext_lazy("Line %(line)s: %(why)s")

    def __init__(self, line: int, why: str) -> None:
        self.line, self.why = line, why
        super().__init__(line=line, why=why)


class CsvRow(NamedTuple):
    """A row's cells as written.

    ``number`` counts from the heading, which is 1, with empty rows; ``begins`` is its line.
    """

    number: int
    begins: int
    cells: list[str]


class CsvRows(NamedTuple):
    """The heading, and the rows below it that have something in them."""

    heading: CsvRow
    rows: Iterator[CsvRow]


class CsvTable(NamedTuple):
    """Names of columns in lower case, and rows: the line where each begins, its cells by column.

    Names and cells have no spaces around them; the cells that a short row lacks are empty. Rows are
    read as one asks for them: nothing may be done with the first before the last is known.
    ``language`` is that of the headings where they are Arabic or French names of known columns.
    """

    columns: list[str]
    rows: Iterator[tuple[int, Cells]]
    language: str = ""


def read_table(content: bytes, known: Collection[str] = ()) -> CsvTable:
    """A table whose heading names its columns; ``known`` ones may have Arabic or French names.

    This and reading the rows raise CsvUnreadable for other bytes, for null bytes, which no column
    of ours holds, for two columns of one name, for a row of more fields than the heading, and for
    fields of more than 131,072 characters.
    """
    heading, rows = read_rows(content)
    columns, language = columns_of(heading, known)
    return CsvTable(columns, _by_column(rows, columns), language)


def read_rows(content: bytes, longest_field: int = LONGEST_FIELD) -> CsvRows:
    """The rows as written; raises CsvUnreadable, also while they are read."""
    return read_rows_of(text_of(content), longest_field)


def read_rows_of(text: str, longest_field: int = LONGEST_FIELD, delimiter: str = "") -> CsvRows:
    """The rows of a text (see ``text_of``), its fields separated by its first line's signs.

    A line ``sep=;`` names the separator, else ``delimiter`` does.
    """
    first, _end, rest = text.partition("\n")
    skipped = 0
    if separator := _SEPARATOR.fullmatch(first.strip(" ")):
        text, skipped = rest, 1
        first = rest.partition("\n")[0]
    while first.strip() == "" and "\n" in text:
        text, skipped = text.partition("\n")[2], skipped + 1
        first = text.partition("\n")[0]
    unquoted = _QUOTED.sub("", first)
    usual = delimiter or max(",;\t", key=unquoted.count)
    delimiter = separator["sign"] if separator else usual
    rows = rows_of(text, delimiter, skipped=skipped, longest_field=longest_field)
    return CsvRows(next(rows, CsvRow(1, skipped + 1, [])), rows)


def text_of(content: bytes, encoding: str = "utf-8") -> str:
    """The text with one kind of line end, without the marks at its start.

    Raises CsvUnreadable for other bytes and for null bytes.
    """
    coding = "utf-16" if content.startswith(_UTF_16) else encoding
    try:
        text = content.decode(coding)
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", content[: error.start])) + 1
        raise CsvUnreadable(line, _("not UTF-8. Save the table as “CSV UTF-8”.")) from error
    text = text.lstrip(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise CsvUnreadable(line, _("there is a null byte; save the table as “CSV UTF-8”."))
    return text


def rows_of(
    text: str, delimiter: str, *, skipped: int = 0, longest_field: int = LONGEST_FIELD
) -> Iterator[CsvRow]:
    """The rows of a text that have something in them; ``skipped`` lines stood above it.

    Raises CsvUnreadable for a quotation mark that is not closed, and for too long a field.
    """
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    begins = skipped + 1
    for number in count(1):
        try:
            cells = _next(reader, longest_field)
        except csv.Error as error:
            why = _("a quotation mark is not closed or is misplaced.")
            if "limit" in str(error):
                why = _("a field is too long.")
            raise CsvUnreadable(begins, why) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield CsvRow(number, begins, cells)
        begins = reader.line_num + skipped + 1


def columns_of(heading: CsvRow, known: Collection[str]) -> tuple[list[str], str]:
    """The names of the columns, and the language of those that are Arabic or French.

    Raises CsvUnreadable for two columns of one name.
    """
    columns, languages = [], Counter[str]()
    for cell in heading.cells:
        name, language = column_named(cell, known)
        if language:
            languages[language] += 1
        name = name or _bare(cell)
        if name and name in columns:
            why = _("two columns are called “%(column)s”.") % {"column": name[:80]}
            raise CsvUnreadable(heading.begins, why)
        columns.append(name)
    return columns, next((language for language, _count in languages.most_common(1)), "")


def column_named(cell: str, known: Collection[str]) -> tuple[str, str]:
    """The known column that a heading names, and the language of its name.

    The language is empty for the column's own name, both are for an unknown heading.
    """
    name = _bare(cell)
    if name in known:
        return name, ""
    found = _names().get(plain_name(name), {}) if name else {}
    named = next((column for column in found if column in known), "")
    return named, found.get(named, "")


def in_column(column: str, value: str, why: object) -> str:
    """What is wrong with a cell, beside the number of its line."""
    told = {"column": column, "value": value[:80], "why": why}
    return _("column “%(column)s”, “%(value)s”: %(why)s") % told


def plain_name(text: str) -> str:
    """A name without case, accents, vowel signs and what separates words."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = (sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", "".join(letters)).strip()


def _lines(text: str) -> Iterator[str]:
    """Line by line, so that a large text is not held twice."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _next(reader: Iterator[list[str]], longest_field: int) -> list[str] | None:
    # The limit is one for the whole process, so it stands for the time of one row only.
    before = csv.field_size_limit(longest_field)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _bare(cell: str) -> str:
    return cell.strip(f" \t\n\u00a0{_MARK}").lower()


def _by_column(rows: Iterator[CsvRow], columns: list[str]) -> Iterator[tuple[int, Cells]]:
    for row in rows:
        if any(cell.strip() for cell in row.cells[len(columns) :]):
            why = _("the row has more fields than the heading.")
            raise CsvUnreadable(row.begins, why)
        cells = [cell.strip() for cell in row.cells]
        cells += [""] * (len(columns) - len(cells))
        yield row.begins, dict(zip(columns, cells, strict=False))


@cache
def _names() -> dict[str, dict[str, str]]:
    """Plain names in Arabic and French, each with the columns that it names and its language."""
    found: dict[str, dict[str, str]] = {}
    with NAMES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(plain_name(row["name"]), {})[row["column"]] = row["language"]
    return found
