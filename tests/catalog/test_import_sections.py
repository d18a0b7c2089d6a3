"""Headings between the rows of a table: no drafts, and a hint of the category."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.import_file import read_rows
from catalog.import_headings import meaning_of
from catalog.import_rows import Defaults, ImportRow
from catalog.import_sections import category_meant, placed
from catalog.markets import market_of
from marketplace.core.csv_table import CsvRow
from tests.catalog.messy_files import book

HEADING = "Référence;Désignation;Catégorie;Prix;Qté;Poids\n"


def rows_of(content: str | bytes) -> list[ImportRow]:
    data = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(data), Defaults(market_of("ma"))))


def kinds(rows: list[ImportRow]) -> list[tuple[str, str]]:
    """The category of each product; a heading has none."""
    return [(row.name, row.content.category_slug if row.content else "") for row in rows]


SHEET = (
    HEADING + ";Miels;;;;\n"
    "A1;Thym;;120;10;650 g\n"
    "A2;Savon au miel;soaps;30;10;100 g\n"
    "2. Tapis et kilims;;;;;\n"
    "B1;Zemmour;;900;2;4 kg\n"
    "Produits divers;;;;;\n"
    "C1;Sac;;80;2;400 g\n"
    ";Total;;;;\n"
)


def test_headings_are_no_products_and_say_what_stands_below_them() -> None:
    rows = rows_of(SHEET)

    assert kinds(rows) == [
        ("Miels", ""),
        ("Thym", "honey"),
        ("Savon au miel", "soaps"),
        ("2. Tapis et kilims", ""),
        ("Zemmour", "rugs"),
        ("Produits divers", ""),
        ("Sac", "other"),
        ("Total", ""),
    ]
    assert rows[0].problem == (
        "A heading, and no product: the rows below it that name no category are taken for "
        "“Honey and syrups”. If it is a product, write its price or its reference too."
    )
    assert rows[5].problem.startswith("A heading of the rows below it, and no product.")
    assert (rows[3].number, rows[3].line) == (5, 5)
    assert rows[-1].problem == "The row is a total, and no product."


def test_a_merged_title_of_a_spreadsheet_is_one_and_so_are_a_title_and_a_part_of_it() -> None:
    def merge(_book: object, sheet: object) -> None:
        sheet.merge_cells("A2:F2")  # type: ignore[attr-defined]

    table = book(
        ["المرجع", "الاسم", "الثمن", "الكمية", "الوزن"],
        ["منتجات التعاونية"],
        ["العسل"],
        ["A1", "الزعتر", 120, 10, "650 g"],
        change=merge,
    )
    assert kinds(rows_of(table)) == [("منتجات التعاونية", ""), ("العسل", ""), ("الزعتر", "honey")]


@pytest.mark.parametrize(
    "rows",
    [
        "Miel de thym\nMiel d’oranger\nMiel de jujubier\nSavon;30;10;100 g\n",  # a list of names
        "Savon;30;10;100 g\nMiel de thym\n",  # nothing stands below it
        "Miel de thym\nTotal;30;10;\n",
        "Miel 250 g\nSavon;30;10;100 g\n",  # an amount: a product
    ],
)
def test_names_without_more_stay_products(rows: str) -> None:
    read = rows_of(f"Désignation;Prix;Qté;Poids\n{rows}")
    assert all(row.content for row in read if row.name.startswith("Miel"))


def test_a_table_of_names_alone_has_no_headings() -> None:
    assert len([row for row in rows_of("Désignation;Tél\nMiels\nSavon;x\n") if row.content]) == 2


def test_shopifys_further_rows_of_a_product_are_none() -> None:
    rows = rows_of(
        "Handle,Title,Variant Price,Image Src\n"
        "wool-rug,Wool rug,900,\nwool-rug,,,\nwool-rug,,,https://cdn.example.com/2.jpg\n"
        "soap,Soap,30,\n"
    )
    assert kinds(rows) == [("Wool rug", "other"), ("Soap", "other")]
    assert rows[0].pictures == ["https://cdn.example.com/2.jpg"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Miels", "honey"),
        ("Huiles", ""),  # of the table, or for the skin
        ("Huiles de soin", "skin-oils"),
        ("Épices", "spices"),
        ("Arts de la table", ""),
        ("Bijoux en argent", "jewellery"),
        ("الزرابي", "rugs"),
        ("والتوابل", "spices"),
        ("زيوت", ""),
        ("All the products", ""),
        ("Thé", "teas"),
        ("Nos produits", ""),
    ],
)
def test_a_heading_means_one_category_or_none(text: str, slug: str) -> None:
    found = category_meant(text)
    assert (found.slug if found else "") == slug


CELLS = st.sampled_from(["", "", "Miels", "Huiles de soin", "A1", "12", "Total", "العسل", "3. Thé"])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12))
def test_every_row_comes_once_in_its_order_and_what_has_two_cells_is_no_heading(
    cells: list[list[str]],
) -> None:
    columns = meaning_of(["Référence", "Désignation", "Prix", "Qté"]).columns
    rows = [CsvRow(at, at, each) for at, each in enumerate(cells, 2)]
    found = list(placed(rows, columns))
    assert [each.row for each in found] == rows
    for each in found:
        if each.heading:
            assert [cell for cell in each.row.cells if cell] == [each.heading]
