"""An uploaded table is read to its end, or refused before anything is done with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.csv_table import CsvUnreadable, read_table


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_names_and_cells_are_read_without_marks_and_spaces(delimiter: str) -> None:
    lines = ["\ufeff Order|AMOUNT", "A |1|more", "", 'B|"2\n3"', "C"]
    table = read_table("\n".join(lines).replace("|", delimiter).encode())

    assert table.columns == ["order", "amount"]
    assert list(table.rows) == [
        (2, {"order": "A", "amount": "1"}),
        (5, {"order": "B", "amount": "2\n3"}),
        (6, {"order": "C", "amount": ""}),
    ]


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
