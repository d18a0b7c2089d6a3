"""Documents have one system of digits, the one of their language and market."""

import io
import re

import pytest
from pypdf import PdfReader

from marketplace.core.documents.drawing import Column, Document, Note, Party, Table, draw
from marketplace.core.documents.foreign_notes import note_in
from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking


def a_document(language: str, market: str) -> Document:
    written = Format(language, market)
    rows = [("500 x", "3"), ("y", written.money(123450, "EGP"))]
    columns = [Column("w", "wide"), Column("n", "number")]
    return Document(
        title="A 12",
        number="F-2026-000017",
        dated="3",
        parties=[Party("x", "y 45", ["Rue 7"], [("ICE", "001512")])],
        tables=[Table(columns, rows, totals=[("t", written.number(1234567))])],
        notes=["14 z", Note("91", "fr", is_small=True)],
        footer="8",
    )


@pytest.mark.parametrize(
    ("language", "market", "foreign"),
    [("ar", "eg", "[0-9]"), ("ar", "jo", "[0-9]"), ("ar", "ma", "[٠-٩]"), ("fr", "eg", "[٠-٩]")],
)
def test_a_document_does_not_mix_digits(language: str, market: str, foreign: str) -> None:
    with speaking(language, market):
        pages = PdfReader(io.BytesIO(draw(a_document(language, market)))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "F-2026-000017" in text
    bare = re.sub(r"\S*[A-Z]\S*", " ", text)
    assert re.findall(rf"\S*{foreign}\S*", bare) == []


def test_a_note_says_its_language_unless_it_stands_in_small_beside_its_translation() -> None:
    with speaking("ar", "ma"):
        assert note_in("Exonéré", "fr").text.endswith("(بالفرنسية)")
        assert note_in("Exonéré", "fr", is_small=True) == Note("\u2068Exonéré\u2069", "fr", True)
