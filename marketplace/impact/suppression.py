"""Which figures of a table may be published so that none can be traced to few cooperatives.

A table has cells, and totals over some of them that are published beside it. A cell of fewer than
``least`` cooperatives is withheld, but a total less the published cells may still give it away. So
further cells are withheld, and totals if need be, until no combination of what is published says
anything about fewer than ``least`` cooperatives alone (complementary cell suppression).

The test is one of linear algebra. Published totals, less published cells, are sums over withheld
cells: one column for each withheld cell, which says in which totals it is. A combination of totals
that concerns cells of a few cooperatives only exists exactly if the columns of all other withheld
cells have a lower rank.
"""

from collections.abc import Collection, Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from marketplace.impact.ranks import Span, basis_of_rank, exact_basis

Owners = frozenset[Hashable]


@dataclass(frozen=True)
class Cell:
    """A figure: whose it is (cooperatives), which totals contain it, and how large it is."""

    owners: Owners
    totals: frozenset[Hashable]
    value: int = 0


@dataclass(frozen=True)
class Publishable:
    """What may be published: indexes of cells, and names of totals."""

    cells: frozenset[int]
    totals: frozenset[Hashable]


def publishable(
    cells: Sequence[Cell],
    least: int,
    *,
    allowed: Collection[int] | None = None,
    rows: Collection[Hashable] = (),
) -> Publishable:
    """The cells and totals to publish; of the cells only ``allowed`` ones, if given.

    ``rows`` are totals that are rows of a coarser table. Totals that give something away by
    themselves are left out first, small ones before larger ones. Then cells are withheld, small
    ones first, and rows: without any, nothing follows from the totals. Cells without owners are
    zero for certain and always published.
    """
    empty = {index for index, cell in enumerate(cells) if not cell.owners}
    wide = {
        total
        for total in {total for cell in cells for total in cell.totals}
        if _is_wide(cells, total, least)
    }
    totals = wide.difference(rows)
    while (found := _leak(cells, empty, totals, least)) is not None:
        totals.discard(_total_to_withhold(cells, totals, found, totals))
    totals |= wide.intersection(rows)
    shown = empty | {
        index
        for index, cell in enumerate(cells)
        if len(cell.owners) >= least and (allowed is None or index in allowed)
    }
    while (found := _leak(cells, shown, totals, least)) is not None:
        index = _cell_to_withhold(cells, shown, totals, found)
        if index is not None:
            shown.discard(index)
        else:
            totals.discard(_total_to_withhold(cells, totals, found, rows))
    return Publishable(frozenset(shown), frozenset(totals))


def _is_wide(cells: Sequence[Cell], total: Hashable, least: int) -> bool:
    owners: set[Hashable] = set()
    for cell in cells:
        if total in cell.totals:
            owners |= cell.owners
    return len(owners) >= least


def _leak(
    cells: Sequence[Cell], shown: Collection[int], totals: Collection[Hashable], least: int
) -> Owners | None:
    """Fewer than ``least`` owners about whom something follows; None if there are none such.

    Only owners of a basis of the columns can lower the rank; so only they are tried, one after
    another. Cells that no such owners hold alone come first into the basis.
    """
    hidden = [index for index in range(len(cells)) if index not in shown]
    hidden.sort(key=lambda index: len(cells[index].owners) < least)
    columns = _columns(cells, hidden, totals)
    rank = len(exact_basis([columns[index] for index in hidden]))
    tried: set[Owners] = set()
    waiting: list[Owners] = [frozenset()]
    while waiting:
        gone = waiting.pop()
        left = [index for index in hidden if not cells[index].owners <= gone]
        basis = basis_of_rank([columns[index] for index in left], rank)
        if len(basis) < rank:
            return gone
        for place in basis:
            wider = gone | cells[left[place]].owners
            if len(wider) < least and wider not in tried:
                tried.add(wider)
                waiting.append(wider)
    return None


def _cell_to_withhold(
    cells: Sequence[Cell], shown: Collection[int], totals: AbstractSet[Hashable], leak: Owners
) -> int | None:
    """The published cell that hides the leak: the smallest that alone does, or else contributes."""
    hidden = [index for index in range(len(cells)) if index not in shown]
    candidates = [index for index in shown if cells[index].owners and cells[index].totals & totals]
    columns = _columns(cells, [*hidden, *candidates], totals)
    everything, others = Span(), Span()
    for index in hidden:
        everything.add(columns[index])
        if not cells[index].owners <= leak:
            others.add(columns[index])
    useful = [index for index in candidates if not others.has(columns[index])]
    alone = [index for index in useful if everything.has(columns[index])]
    return min(alone or useful, key=lambda index: (cells[index].value, index), default=None)


def _total_to_withhold(
    cells: Sequence[Cell],
    totals: AbstractSet[Hashable],
    leak: Owners,
    among: Collection[Hashable],
) -> Hashable:
    """The smallest of some totals that overlap with those of the leak."""
    sizes: dict[Hashable, int] = dict.fromkeys(totals, 0)
    concerned: set[Hashable] = set()
    for cell in cells:
        for total in cell.totals & totals:
            sizes[total] += cell.value
        if cell.owners and cell.owners <= leak:
            concerned |= cell.totals & totals
    near = {
        total
        for cell in cells
        if cell.owners and cell.totals & concerned
        for total in cell.totals & totals
        if total in among
    }
    return min(near, key=lambda total: (sizes[total], repr(total)))


def _columns(
    cells: Sequence[Cell], indexes: Sequence[int], totals: Collection[Hashable]
) -> dict[int, int]:
    """Each cell's column: bit n says whether the cell is in the n-th total."""
    bits = {total: 1 << place for place, total in enumerate(sorted(totals, key=repr))}
    return {
        index: sum(bits[total] for total in cells[index].totals if total in bits)
        for index in indexes
    }
