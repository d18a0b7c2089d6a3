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


def variants(row: ImportRow) -> list[tuple[object, ...]]:
    """Name, prices, weight and stock of each, the first one first."""
    assert row.content is not None
    content = row.content
    first = content.variant_name, content.prices, content.weight_grams, content.quantity
    further = [(v.name, v.prices, v.weight_grams, v.quantity) for v in content.further_variants]
    return [first, *further]


@pytest.mark.parametrize("name", ["shopify_products.csv", "shopify_products_older.csv"])
def test_shopifys_products_come_with_pictures_and_variants(name: str) -> None:
    honey, rug, blue, green, soap = rows_of((DATA / name).read_bytes())

    assert facts(honey) == ("thyme-honey", "Thyme honey", {"ma-mad": 12_000}, 10, 650, [])
    assert tuple(honey.pictures) == HONEY
    assert honey.content is not None
    assert honey.content.texts["fr"].description == "From thyme"
    assert facts(rug) == ("wool-rug", "Wool rug", {"ma-mad": 90_000}, 2, 4000, [])
    assert len(rug.pictures) == 2
    assert variants(rug) == [
        ("Red", {"ma-mad": 90_000}, 4000, 2),
        ("Blue", {"ma-mad": 95_000}, 4200, 1),
        ("Green", {"ma-mad": 95_000}, 4200, 0),
    ]
    assert rug.notes == ["3 sizes or colours."]
    assert {(row.problem, row.part_of) for row in (blue, green)} == {
        ("", "A size or colour of the product in row 4: see there.")
    }
    # One that Shopify calls “Default Title” is none.
    assert honey.content.variant_name == ""
    assert not honey.content.further_variants
    # Shopify counts no pieces of it: none are made up.
    assert facts(soap) == ("olive-soap", "Olive soap", {"ma-mad": 3500}, 0, 200, ["quantity"])


def test_woocommerces_products_come_with_pictures_and_variations() -> None:
    honey, rug, red, blue, soap = rows_of((DATA / "woocommerce_products.csv").read_bytes())

    # Ten in stock, and not the 1 that stands for yes below "In stock?".
    assert facts(honey) == ("MIEL-1", "Thyme honey", {"ma-mad": 12_000}, 10, 650, [])
    assert tuple(honey.pictures) == HONEY
    assert honey.content is not None
    assert honey.content.texts["fr"].description == "From thyme\nSpring"
    assert honey.content.category_slug == "honey"
    assert facts(rug) == ("TAPIS", "Wool rug", {"ma-mad": 90_000}, 2, 4000, [])
    # The regular price counts; what does not say its weight weighs what its product does.
    assert variants(rug) == [
        ("Red", {"ma-mad": 90_000}, 4000, 2),
        ("Blue", {"ma-mad": 95_000}, 4000, 1),
    ]
    assert {(row.problem, row.part_of) for row in (red, blue)} == {
        ("", "A size or colour of the product in row 3: see there.")
    }
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


def test_a_size_that_cannot_be_taken_says_why_and_the_others_are() -> None:
    text = (
        "Handle,Title,Option1 Value,Option2 Value,"
        "Variant Price,Variant Grams,Variant Inventory Qty\n"
        "rug,Wool rug,Red,L,900,4000,2\n"
        "rug,,Blue,L,,4000,1\n"  # no price
        "rug,,Blue,M,95x,4000,1\n"
        "rug,,RED,l,990,4000,1\n"  # as the first
        "rug,,,,990,4000,1\n"
        "rug,,Green,M,,,\n"  # says nothing: a further picture's row
        "rug,,White,S,880,,\n"
    )
    rug, no_price, unreadable, twice, nameless, white = rows_of(text.encode())

    assert variants(rug) == [
        ("Red / L", {"ma-mad": 90_000}, 4000, 2),
        ("White / S", {"ma-mad": 88_000}, 4000, 0),
    ]
    assert rug.notes == [
        "2 sizes or colours.",
        "Sizes or colours without a quantity are out of stock: count them.",
        "4 sizes or colours of this product are left out: see their rows.",
    ]
    assert no_price.problem == "A size or colour without a price."
    assert "95x" in unreadable.problem
    assert twice.problem.startswith("Another row has this size or colour too")
    assert nameless.problem == "A size or colour without a name."
    assert white.part_of == "A size or colour of the product in row 2: see there."


def test_variations_stand_anywhere_and_one_without_its_product_says_so() -> None:
    text = (
        "ID,Type,SKU,Name,Regular price,Stock,Weight (kg),Images,Parent,Attribute 1 value(s)\n"
        "5,variation,,Rug - Red,900,2,4,https://cdn.example.com/r.jpg,id:9,\n"
        "6,simple,SEL,Salt,12,3,1,,,\n"
        "7,variation,,Cup - Blue,30,2,1,,MUG,Blue\n"
        '9,variable,,Rug,,,,https://cdn.example.com/1.jpg,,"Red, White"\n'
        "10,variation,,Rug - White,880,,,,id:9,White\n"
    )
    red, salt, lost, rug, white = rows_of(text.encode())

    assert variants(rug) == [
        ("Red", {"ma-mad": 90_000}, 4000, 2),
        ("White", {"ma-mad": 88_000}, 4000, 0),
    ]
    assert rug.lacks == []
    assert rug.pictures == ["https://cdn.example.com/1.jpg", "https://cdn.example.com/r.jpg"]
    assert {row.part_of for row in (red, white)} == {
        "A size or colour of the product in row 5: see there."
    }
    assert lost.problem == "A size or colour of a product that is not in the table (MUG)."
    assert not salt.part_of


def test_a_product_without_a_variation_that_can_be_taken_is_a_draft() -> None:
    text = (
        "ID,Type,SKU,Name,Regular price,Stock,Weight (kg),Parent,Attribute 1 value(s)\n"
        "9,variable,RUG,Rug,,,4,,Red\n10,variation,,Rug - Red,,2,,RUG,Red\n"
    )
    rug, red = rows_of(text.encode())
    assert rug.lacks == ["price", "quantity"]
    assert red.problem == "A size or colour without a price."


def test_at_most_fifty_sizes_are_taken() -> None:
    rows = "".join(f"rug,,C{n},{900 + n},4000,1\n" for n in range(60))
    heading = "Handle,Title,Option1 Value,Variant Price,Variant Grams,Variant Inventory Qty\n"
    rug, *others = rows_of(f"{heading}rug,Rug,C,900,4000,1\n{rows}".encode())
    assert len(variants(rug)) == 50
    assert [bool(row.part_of) for row in others] == [True] * 49 + [False] * 11
    assert all(row.part_of or row.problem for row in others)
