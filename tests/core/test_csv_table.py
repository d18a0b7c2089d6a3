"""An uploaded table is read to its end, or refused before anything is done with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.csv_table import CsvUnreadable, read_table


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_names_and_cells_are_read_without_marks_and_spaces(delimiter: str, line_end: str) -> None:
    lines = ["\ufeff\ufeff Order|AMOUNT", "A |1||", "", 'B|"2\n3"', "C"]
    table = read_table(line_end.join(lines).replace("|", delimiter).encode())

    assert table.columns == ["order", "amount"]
    assert list(table.rows) == [
        (2, {"order": "A", "amount": "1"}),
        (4, {"order": "B", "amount": "2\n3"}),
        (6, {"order": "C", "amount": ""}),
    ]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", ["sep=;", "SEP=;", '"sep=;"', "sep=;;"])
def test_a_spreadsheets_line_that_names_the_separator_is_no_heading(
    coding: str, separator: str
) -> None:
    table = read_table(f"{separator}\r\norder;amount, due\r\nA;1\r\n".encode(coding))

    assert list(table.rows) == [(3, {"order": "A", "amount, due": "1"})]


def test_headings_may_be_arabic_or_french_names_of_known_columns() -> None:
    french = read_table("Numéro de Commande;MONTANT\nA;1\n".encode(), ("order", "amount"))
    arabic = read_table("الطلبية;المبلغ\nA;1\n".encode(), ("order", "amount"))
    unknown = read_table(b"commande;montant\nA;1\n", ("tracking",))

    assert (french.columns, french.language) == (["order", "amount"], "fr")
    assert (arabic.columns, arabic.language) == (["order", "amount"], "ar")
    assert (unknown.columns, unknown.language) == (["commande", "montant"], "")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'order;"amount\nA;1\n', 1),
        (b'order;amount\nA;1\nB;"2\nC;3\n', 3),
        (b'order;amount\nA;"1" x\n', 2),
        (b"order;amount\nA;1;2\n", 2),
        (b"order;order\nA;1\n", 1),
        (b"order;amount\r\nA;1\r\nB;\xff\r\n", 3),
        (b"order;amount\rA;1\rB;\0\r", 3),
        (b"sep=;\norder;amount\n\nB;" + b"x" * 200_000, 4),
    ],
)
def test_what_cannot_be_read_names_its_line(content: bytes, line: int) -> None:
    with pytest.raises(CsvUnreadable) as refused:
        list(read_table(content).rows)

    assert refused.value.line == line
    assert f"Line {line}: " in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"order;amount\n\xff;1\n",
        b"order;amount\nA\0;1\n",
        b"order;amount\n" + b"x" * 200_000 + b";1\n",
        b"x" * 200_000 + b"\n",
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(CsvUnreadable, match=r"."):
        list(read_table(content).rows)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_table(content)
        rows = list(table.rows)
    except CsvUnreadable:
        return
    assert all(set(cells) == set(table.columns) for _line, cells in rows)
