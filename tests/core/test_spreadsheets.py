"""No cell of a file that we hand out is a formula, and every such file is written so."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from marketplace.core.spreadsheets import csv_writer, safe_cell

ROOT = Path(__file__).parents[2]
# The one file that is not for people: the bank's program reads it, and its names are of the bank's
# alphabet.
FOR_PROGRAMS = {"marketplace/payouts/bank_files/transfer_csv.py"}
WRITES_CSV = re.compile(r"\bcsv\.(?:writer|DictWriter)\(")
FORMULAS = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", " =1+1",
    "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "＝1+1", "＋1", "－1", "＠A1", "|cmd",
    '=HYPERLINK("https://evil.example","x")', "\x00=1", "\x0b=1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_quoted_however_it_is_hidden(text: str) -> None:
    assert safe_cell(text).startswith("'")
    book = Workbook()
    book.active.append([safe_cell(text)])
    saved = io.BytesIO()
    book.save(saved)
    cell = load_workbook(io.BytesIO(saved.getvalue())).active["A1"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", ["", "Miel", "زيت", "12,5", "a=b", "l’huile d’argan", "100 %"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.lists(st.text(max_size=12) | st.sampled_from(FORMULAS), min_size=1, max_size=4))
def test_every_text_of_a_row_is_safe_and_numbers_stay_numbers(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv_writer(out).writerow([*texts, "-12.50", -3, 4.5])

    *read, amount, whole, part = next(csv.reader(io.StringIO(out.getvalue(), newline="")))

    assert (amount, whole, part) == ("-12.50", "-3", "4.5")
    for text in read:
        first = text.lstrip("\ufeff\u200b \u00a0")[:1]
        assert first not in set("=@|＝＋－＠")
        assert first not in {"+", "-"} or re.fullmatch(r"[+-]?\d+([.,]\d+)?", text)


def test_every_file_for_people_is_written_by_the_safe_writer() -> None:
    packages = ("marketplace", "catalog", "vendors", "search")
    files = [path for name in packages for path in (ROOT / name).rglob("*.py")]
    assert len(files) > 500
    writing = {
        str(path.relative_to(ROOT)) for path in files if WRITES_CSV.search(path.read_text("utf-8"))
    }
    assert writing == {"marketplace/core/spreadsheets.py", *FOR_PROGRAMS}
