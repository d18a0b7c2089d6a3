"""Tables of products as they should not be: each with what an import makes of it.

An outcome says how many rows are whole, drafts and unusable, or is a part of the refusal.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from openpyxl import Workbook

Outcome = tuple[int, int, int] | str
Case = tuple[str, bytes, Outcome]
HEADING = "Désignation;Prix;Qté;Poids\n"
ROW = "Miel de forêt;120,50;10;650 g\n"
TABLE = HEADING + ROW + "Savon à l’huile;35;25;200 g\n"
ARABIC = "الاسم;الثمن;الكمية;الوزن\nعسل الزعتر;120,50;10;650 غ\n"
ONE, NONE = (1, 0, 0), (0, 0, 1)


def book(*rows: list[Any], change: Callable[[Workbook, Any], None] | None = None) -> bytes:
    """A workbook of one sheet, changed at will."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change:
        change(made, sheet)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def packed(**members: bytes) -> bytes:
    """A ZIP of some members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def swollen() -> bytes:
    """A ZIP that says that it unpacks to four gigabytes."""
    content = bytearray(packed(xl__workbook=b"x"))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (0xFFFFFF00).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    """What Office writes for a workbook with a password, without its content."""
    free, ends = b"\xff" * 4, (0xFFFFFFFE).to_bytes(4, "little")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096)
    head += ends + bytes(4) + ends + bytes(4) + bytes(4) + free * 108
    table = (0xFFFFFFFD).to_bytes(4, "little") + ends + free * 126
    entries = (("Root Entry", 5, 1), ("EncryptedPackage", 2, -1), ("EncryptionInfo", 2, -1))
    folder = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBiii36xIQ", 2 * len(name) + 2, kind, 1, -1, -1, child, 0xFFFFFFFE, 0)
        for name, kind, child in entries
    )
    return head + table + folder + bytes(128)


def cases() -> Iterator[Case]:
    """All of them, each with a name."""
    yield from _encodings()
    yield from _shapes()
    yield from _values()
    yield from _texts()
    yield from _workbooks()
    yield from _no_tables()


def _encodings() -> Iterator[Case]:
    for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"):
        yield f"french {name}", TABLE.encode(name), (2, 0, 0)
    for name in ("utf-8", "utf-16", "cp1256", "iso8859_6"):
        yield f"arabic {name}", ARABIC.encode(name), ONE
    yield "two marks", b"\xef\xbb\xbf" * 2 + TABLE.encode(), (2, 0, 0)


def _shapes() -> Iterator[Case]:
    yield "tabs", TABLE.replace(";", "\t").encode(), (2, 0, 0)
    yield "bars", TABLE.replace(";", "|").encode(), (2, 0, 0)
    yield "sep line", f"sep=;\n{TABLE}".encode(), (2, 0, 0)
    yield "old mac ends", TABLE.replace("\n", "\r").encode(), (2, 0, 0)
    yield "heading at row 7", ("Coopérative\n" * 6 + TABLE).encode(), (2, 0, 0)
    yield "empty rows", TABLE.replace("\n", "\n;;;\n\n").encode(), (2, 0, 0)
    yield "capitals", (TABLE.replace(HEADING, HEADING.upper())).encode(), (2, 0, 0)
    yield "doubled code", "Référence;Nom\nA1;Miel\nA1;Savon\n".encode(), (0, 1, 1)
    yield "doubled name", (HEADING + ROW + ROW).encode(), (1, 0, 1)
    yield "more fields", (HEADING + ROW.replace("\n", ";x;y\n")).encode(), NONE
    yield "fewer fields", (HEADING + "Miel\n").encode(), (0, 1, 0)
    yield "heading only", HEADING.encode(), (0, 0, 0)
    yield "a thousand columns", ("Nom" + ";x" * 1000 + "\nMiel\n").encode(), (0, 1, 0)
    yield "too many rows", ("Nom\n" + "Miel\n" * 20_010).encode(), "20"
    yield "open quotation", (HEADING + '"Miel;1;1;1 g\n').encode(), "2"
    yield "no names", b"a;b\n1;2\n", "name_ar"
    for name in ("TOTAL", "Sous-total", "Total général :", "المجموع", "الإجمالي"):
        yield f"sum {name}", (TABLE + f"{name};155,50;35;\n").encode(), (2, 0, 1)
    yield "heading of each page", (TABLE + HEADING + ROW.replace("f", "g")).encode(), (3, 0, 1)


def _values() -> Iterator[Case]:
    whole = ("1 234,50", "1\u00a0234,50", "1\u202f234,50", "1.234,50", "120,50 DH", "١٢٠٫٥٠")
    for price in whole:
        yield f"price {price!r}", (HEADING + f"Miel;{price};10;650 g\n").encode(), ONE
    wrong = ("-5", "0", "1e5", "NaN", "=1+1", "9" * 30, "12 €", "2026-01-02", "01/02/2026", "1,500")
    for price in wrong:
        yield f"price {price!r}", (HEADING + f"Miel;{price};10;650 g\n").encode(), NONE
    yield "no price", (HEADING + "Miel;;10;650 g\n").encode(), (0, 1, 0)
    yield "count in words", (HEADING + "Miel;5;beaucoup;650 g\n").encode(), NONE
    yield "negative count", (HEADING + "Miel;5;-1;650 g\n").encode(), NONE
    yield "weight without unit", (HEADING + "Miel;5;1;650\n").encode(), NONE
    yield "arabic digits", ARABIC.replace("10", "١٠").replace("650", "٦٥٠").encode(), ONE


def _texts() -> Iterator[Case]:
    marks = ("\u200f", "\u202e", "\ufeff", "\u200b")
    for mark in marks:
        yield f"mark {mark!r}", (HEADING + mark + ROW).encode(), ONE
    yield "script", (HEADING + "<script>alert(1)</script>Miel;5;1;1 g\n").encode(), ONE
    yield "drawing", (HEADING + "<svg/onload=alert(1)>Miel;5;1;1 g\n").encode(), ONE
    yield "formula", (HEADING + "=HYPERLINK(x)Miel;5;1;1 g\n").encode(), ONE
    yield "null byte", (HEADING + ROW + "Sa\0von;1;1;1 g\n").encode(), "3"
    yield "bell", (HEADING + ROW.replace("M", "\x07M")).encode(), ONE
    yield "long name", (HEADING + "m" * 121 + ";5;1;1 g\n").encode(), NONE
    yield "digits only", (HEADING + "1234;5;1;1 g\n").encode(), NONE
    yield "huge field", (HEADING + ROW.replace("Miel", "m" * 200_000)).encode(), NONE


def _workbooks() -> Iterator[Case]:
    heading, row = ["Nom", "Prix", "Stock", "Poids (g)"], ["Miel", 120.5, 10, 650]
    yield "workbook", book(heading, row), ONE
    yield "date as price", book(heading, ["Miel", date(2026, 1, 2), 10, 650]), NONE
    yield "scientific", book(heading, ["Miel", 1.2e2, 10, 650]), ONE
    yield "formula unsaved", book(heading, ["Miel", "=60*2", 10, 650]), (0, 1, 0)
    yield "numbers as text", book(heading, ["Miel", "120,50", "10", "650"]), ONE
    title = ["Tarif de la coopérative"]
    merged = book(title, heading, row, change=lambda _b, s: s.merge_cells("A1:D1"))
    yield "merged title", merged, ONE
    yield "merged headings", _of_two_rows(), (2, 0, 1)
    yield "merged name", _merged([["Miel", 120, 10, 650], [None, 60, 5, 330]], "A2:A3"), (1, 0, 1)
    yield "all merged", _merged([["x", 1, 1, 1]] * 3, "A1:D4"), (0, 0, 0)
    yield "one text many times", book(["Nom"], *([["m" * 32_000]] * 12_000)), "volumineux"
    yield "hidden sheet", book(heading, row, change=_hide_a_longer_sheet), ONE
    yield "empty workbook", book(), "CSV"
    yield "far cell", book(heading, row, change=lambda _b, s: s.cell(900, 400, "x")), (1, 0, 1)
    yield "truncated workbook", book(heading, row)[:-200], "XLSX"
    yield "workbook cut in two", book(heading, row)[:900], "XLSX"


def _merged(rows: list[list[Any]], *ranges: str) -> bytes:
    """A workbook with some cells merged."""

    def merge(_made: Workbook, sheet: Any) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return book(["Nom", "Prix", "Stock", "Poids (g)"], *rows, change=merge)


def _of_two_rows() -> bytes:
    """Headings over two rows: those without a part are merged downward, the price to the side."""
    rows = (["Nom", "Prix", None, "Stock", "Poids (g)"], [None, "Détail", "Gros", None, None])
    goods = (["Miel", 120.5, 100, 10, 650], ["Savon", 35, 30, 25, 200])

    def merge(_made: Workbook, sheet: Any) -> None:
        for each in ("A1:A2", "B1:C1", "D1:D2", "E1:E2"):
            sheet.merge_cells(each)

    return book(*rows, *goods, change=merge)


def _hide_a_longer_sheet(made: Workbook, _sheet: Any) -> None:
    hidden = made.create_sheet("Archives")
    hidden.sheet_state = "hidden"
    for number in range(20):
        hidden.append(["Nom", number])


def _no_tables() -> Iterator[Case]:
    yield "nothing", b"", "CSV"
    yield "page", b"<html><table><tr><td>Nom</td></tr></table></html>", "XLSX"
    yield "xml", b'<?xml version="1.0"?><a/>', "XLSX"
    yield "pdf", b"%PDF-1.7\n", "XLSX"
    yield "photograph", b"\xff\xd8\xff\xe0" + bytes(200), "XLSX"
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(200), "XLSX"
    yield "rar", b"Rar!\x1a\x07\x00", "XLSX"
    yield "zip of a text", packed(readme=b"x"), "XLSX"
    yield "swollen zip", swollen(), ""
    yield "many members", packed(**{f"m{n}": b"" for n in range(5_001)}), ""
    yield "no end of zip", b"PK\x03\x04" + bytes(300), "XLSX"
    yield "old excel, empty", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "XLSX"
    yield "password", locked(), "mot de passe"
    yield "noise", zlib.compress(b"x" * 5_000) * 30, ""
