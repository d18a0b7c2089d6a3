from hypothesis import given
from hypothesis import strategies as st

from marketplace.embedded.allocation import split


def test_units_come_from_the_first_stocks_that_have_them() -> None:
    assert split(5, [(1, 3), (2, 0), (3, 9)]) == [(1, 3), (3, 2)]


def test_what_is_missing_is_not_invented() -> None:
    assert split(5, [(1, 3)]) == [(1, 3)]
    assert split(5, []) == []


@given(
    st.integers(0, 100),
    st.lists(st.integers(0, 40), max_size=6).map(lambda units: list(enumerate(units))),
)
def test_never_more_than_wanted_nor_than_there_is(wanted: int, free: list[tuple[int, int]]) -> None:
    taken = split(wanted, free)

    assert sum(units for _, units in taken) == min(wanted, sum(units for _, units in free))
    assert all(0 < units <= dict(free)[stock] for stock, units in taken)
