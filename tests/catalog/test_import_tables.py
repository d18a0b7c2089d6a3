"""Tables as people send them: any usual encoding, spreadsheets, headings in three languages."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from catalog.errors import UnreadableFile
from catalog.import_file import read_rows
from catalog.import_headings import heading_named, meaning_of
from catalog.import_rows import Defaults, ImportRow
from catalog.import_tables import read_table
from catalog.markets import market_of

DATA = Path(__file__).parent / "data"


def rows_of(content: bytes, **chosen: Any) -> list[ImportRow]:
    return list(read_rows(io.BytesIO(content), Defaults(market_of("ma")), **chosen))


def facts(content: bytes) -> list[tuple[str, object, object, object]]:
    return [
        (row.name, row.content.prices.get("ma-mad"), row.content.quantity, row.content.weight_grams)
        for row in rows_of(content)
        if row.content
    ]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        rows_of(content)
    return " ".join(str(text) for text in refused.value.errors.values())


def xlsx(*rows: list[Any], title: str = "Produits") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FRENCH = "Désignation;Prix;Qté;Poids\nMiel de forêt;120,50;10;650 g\nSavon à l’huile;35;25;200 g\n"
ARABIC = "الاسم;الثمن;الكمية;الوزن\nعسل الزعتر;120,50;10;650 غ\nصابون بلدي;35;25;200 غ\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((FRENCH, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
        *((FRENCH, name) for name in ("cp1252", "mac_roman")),
        *((ARABIC, name) for name in ("utf-8", "utf-16", "utf-16-le", "cp1256", "iso8859_6")),
        *((FRENCH.replace("’", "'"), name) for name in ("cp850", "latin-1")),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_text_is_read_whatever_wrote_it(text: str, encoding: str, end: str, sign: str) -> None:
    found = facts(text.replace("\n", end).replace(";", sign).encode(encoding))

    assert [rest for _name, *rest in found] == [[12050, 10, 650], [3500, 25, 200]]
    names = [line.split(";")[0] for line in text.splitlines()[1:]]
    assert [name for name, *_rest in found] == names


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("mac_roman", "Macintosh")]
)
def test_accents_of_headings_tell_encodings_apart(encoding: str, name: str) -> None:
    table = read_table("Désignation;Qté;Libellé court\nMiel;3;x\n".encode(encoding))
    assert (table.heading.cells[:2], table.how) == (["Désignation", "Qté"], name)


@settings(deadline=None, max_examples=60)
@given(
    names=st.lists(
        st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", min_size=3, max_size=20).filter(
            lambda text: len(text.strip()) > 2
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda text: " ".join(text.split()),
    ),
    encoding=st.sampled_from(["cp1256", "iso8859_6", "utf-16", "utf-8"]),
)
def test_any_arabic_names_come_through(names: list[str], encoding: str) -> None:
    text = "الاسم,السعر\n" + "".join(f"{name},12\n" for name in names)

    assert [row.name for row in rows_of(text.encode(encoding))] == [
        " ".join(name.split()) for name in names
    ]


def test_numbers_of_a_spreadsheet_mean_what_they_are() -> None:
    content = xlsx(
        ["Produit", "Prix", "Stock", "Poids (kg)", "Code"],
        ["Miel", 1234.5, 10.0, 0.65, 6111234567890],
        ["Savon", 0.1 + 0.2, 3, "1,5 kg", None],
        ["Huile", 1.234, 4, 1, 7.5],
    )
    miel, savon, huile = rows_of(content)

    assert miel.content is not None
    assert (miel.content.prices, miel.content.quantity) == ({"ma-mad": 123_450}, 10)
    assert (miel.content.weight_grams, miel.key) == (650, "6111234567890")
    assert savon.content is not None
    assert (savon.content.prices, savon.content.weight_grams) == ({"ma-mad": 30}, 1500)
    # A price of three decimals is none in dirhams, and is never taken for a thousand.
    assert huile.content is None
    assert huile.problem.startswith("column “Prix”, “1.234”")


def test_a_date_is_no_price() -> None:
    (row,) = rows_of(xlsx(["Nom", "Prix"], ["Miel", date(2026, 5, 12)]))
    assert row.content is None
    assert "2026-05-12" in row.problem


def test_titles_above_the_heading_are_passed_over() -> None:
    rows = [["Coopérative Tamounte"], [], ["Tarif", "décembre"], ["Nom", "Prix", "Quantité"]]
    content = xlsx(*rows, ["Miel", 120, 3])
    (row,) = rows_of(content)
    assert (row.name, row.number, row.line) == ("Miel", 2, 5)
    text = "Coopérative Tamounte\n\nTarif de décembre\nNom;Prix;Quantité\nMiel;120;3\n"
    assert facts(text.encode()) == [("Miel", 12000, 3, 0)]


def test_older_spreadsheets_and_those_of_libreoffice() -> None:
    assert facts((DATA / "products.xls").read_bytes()) == [
        ("Miel de thym", 12050, 10, 650),
        ("Savon noir", 3500, 25, 200),
    ]
    assert facts((DATA / "products.ods").read_bytes()) == [
        ("عسل الزعتر", 12050, 10, 650),
        ("صابون بلدي", 3500, 25, 200),
    ]
    assert read_table((DATA / "products.xls").read_bytes()).how == "Produits"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Prix (DH)", "price_ma-mad"),
        ("Prix TTC en MAD", "price_ma-mad"),
        ("الثمن بالدرهم", "price_ma-mad"),
        ("Prix EUR", "price_eu-eur"),
        ("Prix USD", ""),
        ("Poids en kg", "weight_kilograms"),
        ("POIDS (G)", "weight_grams"),
        ("الوزن بالكيلوغرام", "weight_kilograms"),
        ("Variant Price", "price"),
        ("Regular price", "price"),
        ("Body (HTML)", "description"),
        ("Nom en arabe", "name_ar"),
        ("  *  ", ""),
        ("Remarques", ""),
    ],
)
def test_headings_are_understood(heading: str, column: str) -> None:
    assert heading_named(heading)[0] == column


def test_of_two_headings_that_mean_the_same_the_first_counts_on_the_page_only() -> None:
    assert meaning_of(["Nom", "Produit", "Prix"]).columns == ["name", "", "price"]
    assert "two columns" in refusal(b"Nom;Produit\nMiel;x\n")
    assert [row.name for row in rows_of(b"Nom;Produit\nMiel;x\n", columns=["", "name"])] == ["x"]


def test_markup_of_other_shops_is_not_shown() -> None:
    text = 'Title,"Body (HTML)",Variant Price\nHoney,"<p>From <b>thyme</b>&nbsp;5 < 6</p>",12\n'
    (row,) = rows_of(text.encode())
    assert row.content is not None
    assert row.content.texts["fr"].description == "From thyme 5 < 6"


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def far_cell() -> bytes:
    """A sheet that claims seventeen thousand million cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Nom"
    sheet["XFD1048576"] = "far"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


NO_TABLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (lambda: b"%PDF-1.7 ...", "a document or a picture"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0JFIF", "a document or a picture"),
    "html": (lambda: b"  <html><table><tr><td>Nom</td></tr></table>", "a web page"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', "a web page"),
    "zip": (lambda: zipped(hello=b"world"), "cannot be read"),
    "bomb": (lambda: zipped(bomb=b"0" * 310_000_000), "too large once unpacked"),
    "no zip": (lambda: b"PK\x03\x04 not a zip at all", "cannot be read"),
    "no xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cannot be read"),
    "half": (lambda: xlsx(["Nom", "Prix"], ["Miel", 12])[:2000], "cannot be read"),
    "large": (lambda: b"x" * 50_000_001, "at most 50 MB"),
    "empty": (lambda: b"", "cannot be read"),
    "nulls": (lambda: b"\0\0\0\0", "null byte"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_says_what_to_do(name: str) -> None:
    content, told = NO_TABLES[name]
    assert told in refusal(content())


def test_a_sheet_of_seventeen_thousand_million_cells_ends_its_own_process_only() -> None:
    assert refusal(far_cell())


def test_formulas_are_values_and_hidden_sheets_are_left_alone() -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    for number in range(50):
        hidden.append(["Nom", f"secret {number}"])
    sheet = book.create_sheet("Vente")
    sheet.append(["Nom", "Prix"])
    sheet.append(['=HYPERLINK("http://evil.example")', 12])
    sheet.append(["Miel", 12])
    file = io.BytesIO()
    book.save(file)

    first, second = rows_of(file.getvalue())
    # openpyxl saves no value with the formula, so its cell is empty.
    assert (first.name, second.name) == ("", "Miel")


def test_a_category_merged_over_several_rows_is_that_of_each() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Catégorie", "Nom"], ["Miels", "Thym"], [None, "Oranger"], ["Savons", "Noir"]):
        sheet.append(["", *row])
    sheet.insert_rows(1, 3)
    sheet.merge_cells("B5:B6")
    file = io.BytesIO()
    book.save(file)

    table = read_table(file.getvalue())
    rows = list(table.rows)

    assert [row.cells[-2:] for row in rows] == [
        ["Miels", "Thym"],
        ["Miels", "Oranger"],
        ["Savons", "Noir"],
    ]
    # Rows are told as the spreadsheet counts them.
    assert [row.begins for row in (table.heading, *rows)] == [4, 5, 6, 7]


def test_the_rows_of_a_workbook_are_not_held_together() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Nom", *(f"colonne {number}" for number in range(20))])
    for number in range(2_000):
        sheet.append([f"Miel {number} {'x' * 50}"] * 21)
    file = io.BytesIO()
    book.save(file)
    content = file.getvalue()
    read_table(content)

    tracemalloc.start()
    count = sum(1 for _row in read_table(content).rows)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 2_000
    # Together they are 2.5 million letters, each cell a text of its own.
    assert peak < 1_000_000
