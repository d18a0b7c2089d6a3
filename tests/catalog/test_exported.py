"""Products exported, imported elsewhere and exported again: the same table, byte by byte."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.categories import CATEGORIES
from catalog.content import LONGEST_NAME, ListingText, RevisionContent
from catalog.export_files import write_csv, write_xlsx
from catalog.exported import COLUMNS
from catalog.import_file import read_rows
from catalog.import_rows import Defaults
from catalog.markets import MARKETS, market_of
from catalog.materials import materials
from catalog.quality import marks
from catalog.queries.own_products import OwnProduct
from catalog.taxonomy import listing_types
from marketplace.core.workbooks import read_workbook

# Fragments that files, web pages and spreadsheets take for something else.
PIECES = (
    "=1+1", "'=1+1", "'", "@x", "-5", "+212", "\u200f", "\u202e", "\ufeff", '"', ";", ",", "|",
    "\t", "\n", "\r\n", " ", "\u00a0", "&amp;", "&lt;p&gt;", "<p>", "<b", "&#39;", "&", "<svg>",
    "_x0041_", "#N/A", "TRUE", "1e5", "عسل", "الزعتر", "é", "œ", "ⵎⵉⵍ", "250 G", "2 x 80 ml",
    "\x00", "\x1b", "\ufffe", "sep=;", "name", "＝1", "2026-01-02", "🍯",
)  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6).map("".join)
NAMES = st.one_of(st.just(""), WORDS.map(lambda text: text[: LONGEST_NAME // 2]))
TEXTS = st.builds(ListingText, name=NAMES, description=WORDS, materials=WORDS)
CODES = st.sampled_from(["", "unknown"])
CONTENTS = st.builds(
    RevisionContent,
    texts=st.dictionaries(st.sampled_from(["ar", "fr", "en"]), TEXTS),
    source_language=st.sampled_from(["ar", "fr", "en"]),
    category_slug=CODES | st.sampled_from([category.slug for category in CATEGORIES]),
    taxonomy_slug=CODES | st.sampled_from(sorted(listing_types())),
    hs_code=st.sampled_from(["", "040900", "0409.00"]) | WORDS,
    origin_country=st.sampled_from(["", "MA", "tn", "Maroc"]),
    material_codes=st.lists(st.sampled_from(sorted(materials())) | st.just("gone"), max_size=4),
    quality_marks=st.lists(st.sampled_from(sorted(marks())), unique=True, max_size=3),
    net_quantity=WORDS,
    weight_grams=st.integers(0, 200_000),
    prices=st.dictionaries(
        st.sampled_from([market.channel_slug for market in MARKETS]),
        st.integers(1, 1_000_000_000) | st.sampled_from([1500, 1_234_567, 12_345]),
    ),
    quantity=st.integers(0, 1_000_000),
)


def csv_of(products: list[OwnProduct]) -> bytes:
    target = io.BytesIO()
    write_csv(products, target)
    return target.getvalue()


def xlsx_of(products: list[OwnProduct]) -> bytes:
    target = io.BytesIO()
    write_xlsx(products, target)
    return target.getvalue()


def imported(file: bytes, **chosen: Any) -> list[OwnProduct]:
    """The products of a file that an import reads."""
    rows = list(read_rows(io.BytesIO(file), Defaults(market_of("ma")), **chosen))
    assert [row.problem for row in rows if row.problem] == []
    return [OwnProduct(row.key, row.content, row.content.quantity) for row in rows if row.content]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@settings(max_examples=30)
@given(contents=st.lists(st.tuples(NAMES, CONTENTS), max_size=4))
def test_a_csv_comes_back_byte_by_byte(
    language: str, contents: list[tuple[str, RevisionContent]]
) -> None:
    products = [OwnProduct(f"{n}{key}", c, c.quantity) for n, (key, c) in enumerate(contents)]
    with translation.override(language):
        first = csv_of(products)
        back = imported(first)
        assert csv_of(back) == first
        # Nor does a further journey change what the first one has read.
        assert imported(csv_of(back)) == back


def test_a_workbook_comes_back_cell_by_cell() -> None:
    contents: list[RevisionContent] = []

    @settings(max_examples=30, database=None)
    @given(content=CONTENTS)
    def collect(content: RevisionContent) -> None:
        contents.append(content)

    collect()
    products = [OwnProduct(f"{n}", content, content.quantity) for n, content in enumerate(contents)]
    with translation.override("fr"):
        first = xlsx_of(products)
        back = imported(first)
        assert list(read_workbook(xlsx_of(back)).rows) == list(read_workbook(first).rows)
        # Both kinds of file say the same.
        assert csv_of(back) == csv_of(products)
        assert back


def test_facts_come_back_as_they_are() -> None:
    text = ListingText(name="'=SUM(A1)", description="Doux\n\n=1+1 & <b>fort</b>", materials="أ, ب")
    content = RevisionContent(
        texts={"ar": ListingText(name="\u200fعسل"), "en": text},
        source_language="en",
        category_slug="honey",
        taxonomy_slug="honey-thyme",
        hs_code="040900",
        origin_country="MA",
        material_codes=["wool"],
        quality_marks=["organic"],
        net_quantity="2 x 250 g",
        weight_grams=650,
        prices={"ma-mad": 150_000, "tn-tnd": 1500, "sn-xof": 1500},
        quantity=7,
    )
    product = OwnProduct(str(uuid4()), content, 7)
    with translation.override("fr"):
        assert imported(csv_of([product])) == [product]
        assert imported(xlsx_of([product])) == [product]


def test_no_cell_is_a_formula_and_a_nameless_draft_is_left_out() -> None:
    texts = {"fr": ListingText(name="=cmd|' /C calc'!A0", description="\n@SUM(1)")}
    contents = (RevisionContent(texts=texts), RevisionContent())
    products = [OwnProduct("=k", content, 0) for content in contents]
    heading, *rows = csv_of(products).decode("utf-8-sig").splitlines()
    assert heading == ",".join(COLUMNS)
    assert len(rows) == 1
    assert rows[0].startswith("'=k,,'=cmd|")
    assert "'@SUM(1)" in rows[0]
