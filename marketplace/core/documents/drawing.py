"""Drawing of documents as PDF with typst: shaped Arabic, right to left, embedded fonts."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from marketplace.core.formats import Format
from marketplace.core.market_usage import market_spoken_to
from marketplace.core.page_digits import in_text_digits

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
# Rows drawn at once: typst's memory grows faster than the rows, and it keeps some of it
# between two drawings.
ROWS_AT_ONCE = 120
# Texts of two scripts in one cell each keep their direction.
_ISOLATED = "\u2068{}\u2069"

Kind = Literal["text", "wide", "code", "number"]
# A label, a value, and whether it is emphasized.
Pair = tuple[str, str] | tuple[str, str, bool]


@dataclass(frozen=True)
class Column:
    """A column of a table: ``wide`` takes the remaining width, a ``code`` is left to right."""

    label: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """Rows of cells under headings; ``rows`` may be long and is read once."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    title: str = ""
    note: str = ""
    totals: Sequence[Pair] = ()


@dataclass(frozen=True)
class Party:
    """Issuer or recipient of a document: name, address lines, and legal identifiers."""

    title: str
    name: str
    lines: Sequence[str] = ()
    ids: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Note:
    """A sentence below the tables; ``language`` where it is not the document's."""

    text: str
    language: str = ""
    is_small: bool = False


@dataclass(frozen=True)
class Document:
    """The content of a document, in its reader's language."""

    title: str
    subtitle: str = ""
    number: str = ""
    dated: str = ""
    parties: Sequence[Party] = ()
    facts: Sequence[Pair] = ()
    tables: Iterable[Table] = ()
    notes: Sequence[str | Note] = ()
    footer: str = ""
    language: str = field(default_factory=lambda: get_language() or "en")
    # Whose digits it has.
    market: str = field(default_factory=market_spoken_to)


def isolated(text: str) -> str:
    """A name or address with its own direction, isolated from the text around it."""
    return _ISOLATED.format(text) if text else ""


def draw(document: Document) -> bytes:
    """The document as PDF. A long one is drawn in sections, so that memory stays bounded."""
    out = io.BytesIO()
    draw_into(out, document)
    return out.getvalue()


def draw_into(target: IO[bytes], document: Document) -> None:
    """As ``draw``, into a file."""
    parts = _with_last(_spread(document.tables))
    tables, last = next(parts)
    if last:
        target.write(_compiled(document, tables, first=True, last=True))
        return
    writer, page, first = PdfWriter(), 1, True
    while True:
        drawn = _compiled(document, tables, first=first, last=last, page_from=page, tagged=False)
        page += len(PdfReader(io.BytesIO(drawn)).pages)
        writer.append(io.BytesIO(drawn))
        if last:
            break
        first, (tables, last) = False, next(parts)
    writer.compress_identical_objects()
    writer.add_metadata({"/Title": document.title})
    writer.write(target)


Part = list[dict[str, Any]]


def _spread(tables: Iterable[Table]) -> Iterator[Part]:
    """The tables in sections of limited rows; only the last section of a table has totals."""
    part: Part = []
    room = ROWS_AT_ONCE
    for table in tables:
        piece = _piece(table)
        part.append(piece)
        for row in table.rows:
            if not room:
                yield part
                piece, room = _piece(table, goes_on=True), ROWS_AT_ONCE
                part = [piece]
            piece["rows"].append(list(row))
            room -= 1
        piece["totals"] = [list(pair) for pair in table.totals]
    yield part


def _with_last(parts: Iterator[Part]) -> Iterator[tuple[Part, bool]]:
    part = next(parts)
    for following in parts:
        yield part, False
        part = following
    yield part, True


def _piece(table: Table, *, goes_on: bool = False) -> dict[str, Any]:
    return {
        "title": "" if goes_on else table.title,
        "note": "" if goes_on else table.note,
        "columns": [asdict(column) for column in table.columns],
        "rows": [],
        "totals": [],
    }


def _compiled(
    document: Document,
    tables: Part,
    *,
    first: bool,
    last: bool,
    page_from: int = 1,
    tagged: bool = True,
) -> bytes:
    data = _typst_input(document, tables, first=first, last=last, page_from=page_from)
    data = in_digits(data, Format(document.language, document.market or "ma"))
    made: bytes = typst.compile(
        str(HERE / "document.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_tags=tagged,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
    )
    return made


def _typst_input(
    document: Document, tables: Part, *, first: bool, last: bool, page_from: int
) -> dict[str, object]:
    """What ``document.typ`` reads; parties and facts are on the first page, notes on the last."""
    return {
        "language": document.language,
        "direction": Format(document.language).direction,
        "cover": first,
        "title": document.title,
        "subtitle": document.subtitle,
        "number": document.number,
        "dated": document.dated,
        "parties": [asdict(party) for party in document.parties],
        "facts": [list(pair) for pair in document.facts],
        "tables": tables,
        "notes": [_note(note, document) for note in document.notes] if last else [],
        "footer": document.footer,
        "page-word": _("Page"),
        "page-from": page_from,
        "page-digits": "1",
    }


def in_digits(data: Any, form: Format) -> Any:
    """What a document shows, each text in the digits of its language and market."""
    if isinstance(data, str):
        return in_text_digits(data, form)
    if isinstance(data, dict):
        return {key: in_digits(value, form) for key, value in data.items()}
    return [in_digits(value, form) for value in data] if isinstance(data, list | tuple) else data


def _note(note: str | Note, document: Document) -> dict[str, Any]:
    written = note if isinstance(note, Note) else Note(note)
    return {**asdict(written), "language": written.language or document.language}
