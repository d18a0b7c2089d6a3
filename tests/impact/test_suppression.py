"""No combination of published figures says anything about fewer cooperatives than allowed."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.impact.suppression import Cell, Publishable, publishable

OWNERS = "ABCDE"
Row = list[Fraction]


def solved(rows: Sequence[Sequence[int]]) -> list[Row]:
    """The rows in reduced echelon form, without zero rows."""
    left = [[Fraction(value) for value in row] for row in rows]
    done: list[Row] = []
    for place in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[place]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [value / pivot[place] for value in pivot]
        left = [[a - row[place] * b for a, b in zip(row, pivot, strict=True)] for row in left]
        done = [[a - row[place] * b for a, b in zip(row, pivot, strict=True)] for row in done]
        done.append(pivot)
    return done


def known(cells: Sequence[Cell], found: Publishable) -> list[list[int]]:
    """What a reader has: published cells, and totals; one row each, a column for each cell."""
    rows = [[int(place == own) for place in range(len(cells))] for own in sorted(found.cells)]
    return rows + [[int(total in cell.totals) for cell in cells] for total in found.totals]


def follows(cells: Sequence[Cell], found: Publishable, few: Sequence[str]) -> bool:
    """Whether a reader can compute anything that concerns these cooperatives' cells only.

    Solves for the other cells first: an equation without them is such a thing.
    """
    own = [place for place, cell in enumerate(cells) if cell.owners and cell.owners <= {*few}]
    others = [place for place in range(len(cells)) if place not in own]
    rows = solved([[row[p] for p in (*others, *own)] for row in known(cells, found)])
    return any(not any(row[: len(others)]) for row in rows)


def a_table(places: Sequence[tuple[int, int, int]], owners: Sequence[str]) -> list[Cell]:
    return [
        Cell(
            frozenset(whose),
            frozenset({"all", *((name, at) for name, at in zip("xyz", place, strict=True))}),
            sum(place) + len(whose),
        )
        for place, whose in zip(places, owners, strict=True)
    ]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), least=st.integers(1, 4))
def test_nothing_follows_about_few_cooperatives(data: st.DataObject, least: int) -> None:
    everywhere = list(product(range(3), range(2), range(2)))
    places = data.draw(st.lists(st.sampled_from(everywhere), min_size=1, max_size=9, unique=True))
    owners = [
        "".join(data.draw(st.sets(st.sampled_from(OWNERS), min_size=1, max_size=5))) for _ in places
    ]
    cells = a_table(places, owners)
    found = publishable(cells, least)
    assert all(len(cells[index].owners) >= least for index in found.cells)
    for size in range(1, least):
        for few in combinations(OWNERS, size):
            assert not follows(cells, found, few), few


def test_a_single_hole_is_never_left_in_a_total() -> None:
    # One small cell in a column of three: without a second hole the total gives it away.
    cells = [
        Cell(frozenset("A"), frozenset({"all"}), 10),
        Cell(frozenset("BCD"), frozenset({"all"}), 50),
        Cell(frozenset("BCDE"), frozenset({"all"}), 90),
    ]
    found = publishable(cells, 3)
    assert found == Publishable(frozenset({2}), frozenset({"all"}))


def test_a_cooperative_with_the_only_two_holes_is_not_revealed_by_their_sum() -> None:
    # Two cells of one cooperative: neither is known alone, their sum would be.
    cells = [
        Cell(frozenset("A"), frozenset({"all", "jan"}), 10),
        Cell(frozenset("A"), frozenset({"all", "feb"}), 20),
        Cell(frozenset("BCD"), frozenset({"all", "jan"}), 50),
        Cell(frozenset("BCD"), frozenset({"all", "feb"}), 70),
    ]
    found = publishable(cells, 3)
    assert not follows(cells, found, "A")
    assert "all" in found.totals


def test_large_groups_are_all_published() -> None:
    cells = a_table([(0, 0, 0), (1, 0, 1), (2, 1, 0)], ["ABC", "BCD", "CDE"])
    found = publishable(cells, 3)
    assert len(found.cells) == 3


def test_totals_that_reveal_a_cooperative_by_themselves_are_left_out() -> None:
    # All less the total of the first place would be the cell of A.
    cells = a_table([(0, 0, 0), (1, 0, 0)], ["BCDE", "A"])
    found = publishable(cells, 3)
    assert ("x", 0) not in found.totals
    assert "all" in found.totals
    assert not follows(cells, found, "A")


def test_with_too_few_cooperatives_nothing_is_published() -> None:
    cells = a_table([(0, 0, 0), (1, 0, 1)], ["A", "AB"])
    assert publishable(cells, 3) == Publishable(frozenset(), frozenset())
