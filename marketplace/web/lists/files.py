"""A list as a file: exactly what is filtered, all pages, in the order and with the columns chosen.

Amounts and counts are numbers, with the currency in a column of its own; text is never a formula
(``core.spreadsheets``).
"""

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.core.money import Money
from marketplace.core.spreadsheets import amount_cell, csv_writer, safe_cell
from marketplace.web.lists.asked import Asked
from marketplace.web.lists.columns import Column

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a sheet holds, with its heading.
MOST_ROWS_OF_A_SHEET = 1_048_575
CHUNK = 500
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

Progress = Callable[[int, int], None]


class TooManyRows(TwizaError):
    """More rows than a sheet of a workbook holds."""

    code = "list_too_long_for_a_sheet"
    message = gettext_lazy("Excel holds 1,048,575 rows at most. Filter the list, or take CSV.")


def write_file(asked: Asked, ending: str, target: IO[bytes], progress: Progress) -> None:
    """Write the rows that were asked for; ``progress`` is told how many of them are done."""
    if ending == CSV:
        _write_csv(asked, target, progress)
    else:
        _write_xlsx(asked, target, progress)


def headings(asked: Asked) -> list[str]:
    """The headings of the file: of its columns, and of the currency after the last amount."""
    last = _last_amount(asked)
    found = []
    for column in _columns(asked):
        found.append(str(column.heading))
        if column is last:
            found.append(_("Currency"))
    return found


def rows_of(asked: Asked, progress: Progress) -> Iterator[list[Any]]:
    """The rows as plain values: Money, numbers, days, instants of the local clock, texts."""
    found = asked.rows()
    if isinstance(found, QuerySet):
        total, rows = found.order_by().count(), found.iterator(chunk_size=CHUNK)
    else:
        total, rows = len(found), iter(found)
    done = 0
    progress(done, total)
    while chunk := list(islice(rows, CHUNK)):
        for row in asked.declared.dressed(chunk, asked.access):
            yield _values(asked, row)
        done += len(chunk)
        progress(done, max(total, done))


def _values(asked: Asked, row: Any) -> list[Any]:
    last, found = _last_amount(asked), list[Any]()
    for column in _columns(asked):
        value = column.export(row) if column.export else column.of(row)
        found.append("" if value in (None, "") else _plain(column, row, value))
        if column is last:
            found.append(column.currency_of(row))
    return found


def _plain(column: Column, row: Any, value: Any) -> Any:
    if column.kind == "money":
        return Money(int(value), column.currency_of(row))
    if column.kind == "moment":
        return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    if column.kind == "date":
        return timezone.localtime(value).date() if isinstance(value, datetime) else value
    if column.kind == "country":
        return Format(get_language() or "en").country(value)
    if column.kind == "month":
        return f"{value:%Y-%m}"
    return value if column.kind == "number" else str(value)


def _write_csv(asked: Asked, target: IO[bytes], progress: Progress) -> None:
    # The mark by which Excel knows UTF-8.
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv_writer(text)
    writer.writerow(headings(asked))
    for values in rows_of(asked, progress):
        writer.writerow([_as_text(value) for value in values])
    text.flush()
    text.detach()


def _as_text(value: Any) -> Any:
    if isinstance(value, Money):
        return value.decimal
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def _write_xlsx(asked: Asked, target: IO[bytes], progress: Progress) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(safe_title(str(asked.declared.title)))
    sheet.append([safe_cell(heading) for heading in headings(asked)])
    for number, values in enumerate(rows_of(asked, progress), start=1):
        if number > MOST_ROWS_OF_A_SHEET:
            raise TooManyRows
        sheet.append([_cell(sheet, value) for value in values])
    book.save(target)


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, Money):
        return amount_cell(sheet, value.amount_minor, value.currency)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = MOMENT if isinstance(value, datetime) else DAY
        return cell
    return safe_cell(value) if isinstance(value, str) else value


def safe_title(title: str) -> str:
    """A name that a sheet may have."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31]


def _columns(asked: Asked) -> list[Column]:
    return [column for column in asked.columns if column.in_files]


def _last_amount(asked: Asked) -> Column | None:
    amounts = [column for column in _columns(asked) if column.kind == "money"]
    return amounts[-1] if amounts else None
