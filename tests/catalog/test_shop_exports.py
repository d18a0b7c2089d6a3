"""The product exports of Shopify and WooCommerce as their manuals describe them, with variants.

Shopify, its headings of now and the older ones: help.shopify.com, “Using CSV files to import and
export products”. WooCommerce: its wiki on GitHub, “Product CSV Import Schema”.
"""

import io
from pathlib import Path

import pytest

from catalog.import_file import read_rows
from catalog.import_headings import meaning_of
from catalog.import_rows import Defaults, ImportRow
from catalog.import_tables import read_table
from catalog.markets import market_of

DATA = Path(__file__).parent / "data"
HONEY = "https://cdn.example.com/miel.jpg", "https://cdn.example.com/miel-2.jpg"


def rows_of(content: bytes) -> list[ImportRow]:
    """As the page reads them: of two headings that mean the same the first counts."""
    columns = meaning_of(read_table(content).heading.cells).columns
    return list(read_rows(io.BytesIO(content), Defaults(market_of("ma")), columns))


def facts(row: ImportRow) -> tuple[object, ...]:
    assert row.content is not None
    content = row.content
    return row.key, row.name, content.prices, content.quantity, content.weight_grams, row.lacks


@pytest.mark.parametrize("name", ["shopify_products.csv", "shopify_products_older.csv"])
def test_shopifys_products_come_with_pictures_and_what_is_left_out_is_said(name: str) -> None:
    honey, rug, blue, green, soap = rows_of((DATA / name).read_bytes())

    assert facts(honey) == ("thyme-honey", "Thyme honey", {"ma-mad": 12_000}, 10, 650, [])
    assert tuple(honey.pictures) == HONEY
    assert honey.content is not None
    assert honey.content.texts["fr"].description == "From thyme"
    assert facts(rug) == ("wool-rug", "Wool rug", {"ma-mad": 90_000}, 2, 4000, [])
    assert len(rug.pictures) == 2
    assert rug.notes[0].startswith("2 further sizes or colours of this product are left out")
    assert {row.problem for row in (blue, green)} == {
        "A size or colour of the product in row 4. Sizes and colours are left out."
    }
    # Shopify counts no pieces of it: none are made up.
    assert facts(soap) == ("olive-soap", "Olive soap", {"ma-mad": 3500}, 0, 200, ["quantity"])


def test_woocommerces_products_come_with_pictures_and_variations_are_told() -> None:
    honey, rug, red, blue, soap = rows_of((DATA / "woocommerce_products.csv").read_bytes())

    # Ten in stock, and not the 1 that stands for yes below "In stock?".
    assert facts(honey) == ("MIEL-1", "Thyme honey", {"ma-mad": 12_000}, 10, 650, [])
    assert tuple(honey.pictures) == HONEY
    assert honey.content is not None
    assert honey.content.texts["fr"].description == "From thyme\nSpring"
    assert honey.content.category_slug == "honey"
    assert facts(rug) == ("TAPIS", "Wool rug", {}, 0, 4000, ["price", "quantity"])
    assert rug.notes[0].startswith("This product has sizes or colours in rows of their own")
    assert [row.problem for row in (red, blue)] == [
        f"A size or colour of another product ({parent}). Sizes and colours are left out."
        for parent in ("TAPIS", "id:11")
    ]
    assert facts(soap) == ("SAVON", "Olive soap", {"ma-mad": 3500}, 0, 200, ["quantity"])


def test_woocommerce_in_french_is_understood_too() -> None:
    text = (
        "ID,Type,UGS,Nom,Publié,Description courte,Description,En stock ?,Stock,Poids (kg),"
        "Tarif promo,Tarif régulier,Catégories,Images,Parent\n"
        '10,simple,MIEL-1,Miel de thym,1,Doux,"Récolte\\nde mai",1,10,"0,65","100","120,50",'
        '"Nouveautés, Miel",,\n'
    )
    (row,) = rows_of(text.encode())

    assert facts(row) == ("MIEL-1", "Miel de thym", {"ma-mad": 12_050}, 10, 650, [])
    assert row.content is not None
    assert row.content.texts["fr"].description == "Récolte\nde mai"


@pytest.mark.parametrize("heading", ["In stock?", "In stock ?", "Quantité ?", "الكمية؟"])
def test_a_question_is_no_number_of_pieces(heading: str) -> None:
    assert meaning_of(["Nom", heading]).columns == ["name", ""]


def test_two_signs_that_are_no_line_break_in_other_tables_stay() -> None:
    (row,) = rows_of(b"name,description\nMiel,C:\\new\\note\n")
    assert row.content is not None
    assert row.content.texts["fr"].description == "C:\\new\\note"
