"""Sales by month, region, sector, area and kind, as published: no figure is of few cooperatives.

The totals that are published beside the table are those of the page: of everything, of each month,
region, sector, area and kind, for sales and for sales abroad. If the finest table would withhold
too much, a coarser one is published.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from marketplace.impact.queries import DIMENSIONS, DetailRow, Period, detail_sales, details
from marketplace.impact.smallest_groups import SmallestGroup
from marketplace.impact.suppression import Cell, publishable
from marketplace.long_jobs.kinds import Progress
from vendors.scoping import ProgrammeScope

# Finest first: the columns by which sales are told apart.
LEVELS = (DIMENSIONS, ("month", "region", "sector"), ("month", "region"), ("month",))
Key = tuple[Hashable, ...]
# Of each finest group: whose sales it holds, and how much each of them sold.
Sold = dict[Key, dict[UUID, int]]


@dataclass(frozen=True)
class Rest:
    """The withheld rows of a month (or of several: None) together; sales in minor units."""

    month: date | None
    cooperative_count: int
    order_count: int
    sales_minor: int


@dataclass(frozen=True)
class PublishedDetails:
    """The rows to publish by some dimensions, those without their sales abroad, and the rest.

    ``withheld`` rows are in none of ``rows``; ``rests`` are as much of them as may be published
    together.
    """

    dimensions: tuple[str, ...]
    rows: list[DetailRow]
    without_abroad: frozenset[Key]
    withheld: list[DetailRow]
    rests: list[Rest]
    least: int

    def key_of(self, row: DetailRow) -> Key:
        """What tells a row from the others."""
        return _key_of(row, self.dimensions)


def untold(_done: int, _total: int) -> None:
    """``progress`` that nobody watches."""


def published_details(
    scope: ProgrammeScope, period: Period, rule: SmallestGroup, *, progress: Progress = untold
) -> PublishedDetails:
    """The finest table in which no figure, and nothing computed from it, is of few cooperatives.

    ``progress`` counts the levels of ``LEVELS`` that are done.
    """
    sold, abroad, home = detail_sales(scope, period)
    found = None
    for place, dimensions in enumerate(LEVELS):
        tell = partial(progress, place, len(LEVELS))
        tell()
        rows = details(scope, period, dimensions)
        keys, totals = published_keys(sold, dimensions, rule.cooperatives)
        of_them = [row for row in rows if _key_of(row, dimensions) in keys]
        found = PublishedDetails(
            dimensions,
            of_them,
            keys - _with_abroad(abroad, home, dimensions, keys, rule.cooperatives, tell),
            withheld := [row for row in rows if _key_of(row, dimensions) not in keys],
            _rests(withheld, sold, dimensions, totals),
            rule.cooperatives,
        )
        if _sales(of_them) * 100 >= _sales(rows) * rule.published_percent:
            break
    assert found is not None
    return found


def _key_of(row: DetailRow, dimensions: tuple[str, ...]) -> Key:
    return tuple(row[name] for name in dimensions)  # type: ignore[literal-required]


def _coarse(key: Key, dimensions: tuple[str, ...]) -> Key:
    """The key of the row that a finest group belongs to."""
    return tuple(value for name, value in zip(DIMENSIONS, key, strict=True) if name in dimensions)


def published_keys(
    sold: Sold, dimensions: tuple[str, ...], least: int, allowed: Collection[Key] | None = None
) -> tuple[frozenset[Key], frozenset[Hashable]]:
    """The keys of rows to publish, only ``allowed`` ones if given; and the totals beside them.

    ``sold`` has the amounts by finest group and cooperative. Rows of nobody are zero and published
    as such.
    """
    groups = list(sold)
    rows = {key: _coarse(key, dimensions) for key in groups}
    wanted = {rows[key] for key in groups} if allowed is None else set(allowed)
    is_finest = dimensions == DIMENSIONS
    cells = [
        Cell(frozenset(sold[key]), _totals_of(key, None if is_finest else rows[key], wanted),
             sum(sold[key].values()))
        for key in groups
    ]  # fmt: skip
    places = [n for n, key in enumerate(groups) if is_finest and rows[key] in wanted]
    found = publishable(cells, least, allowed=places, rows={("row", key) for key in wanted})
    owners = _owners_by_row(sold, dimensions)
    empty = {key for key in wanted if not owners.get(key)}
    if is_finest:
        keys = {rows[groups[n]] for n in found.cells} & wanted
    else:
        keys = {key for key in wanted if ("row", key) in found.totals}
    return frozenset(keys | empty), found.totals


def _totals_of(key: Key, row: Key | None, wanted: Collection[Key]) -> frozenset[Hashable]:
    """The totals that contain a finest group, and the coarser row that may be published."""
    totals: set[Hashable] = {("all", None), *zip(DIMENSIONS, key, strict=True)}
    if row is not None and row in wanted:
        totals.add(("row", row))
    return frozenset(totals)


def _with_abroad(
    abroad: Sold,
    home: Sold,
    dimensions: tuple[str, ...],
    keys: frozenset[Key],
    least: int,
    tell: Callable[[], None],
) -> frozenset[Key]:
    """The rows whose sales abroad may be published: these, and what is left at home, are of many.

    Each of the two is computed from the other, so both must hold.
    """
    allowed = keys
    while True:
        tell()
        of_abroad, _totals = published_keys(abroad, dimensions, least, allowed)
        both, _totals = published_keys(home, dimensions, least, of_abroad)
        if both == allowed:
            return allowed
        allowed = both


def _owners_by_row(sold: Sold, dimensions: tuple[str, ...]) -> dict[Key, set[UUID]]:
    found: defaultdict[Key, set[UUID]] = defaultdict(set)
    for key, owners in sold.items():
        found[_coarse(key, dimensions)] |= owners.keys()
    return found


def _rests(
    withheld: list[DetailRow],
    sold: Sold,
    dimensions: tuple[str, ...],
    totals: Collection[Hashable],
) -> list[Rest]:
    """The withheld rows of each month whose total is published; the others together, if all is."""
    by_month: defaultdict[date | None, list[DetailRow]] = defaultdict(list)
    for row in withheld:
        by_month[row["month"] if ("month", row["month"]) in totals else None].append(row)
    if ("all", None) not in totals:
        by_month.pop(None, None)
    owners = _owners_by_row(sold, dimensions)
    return [
        Rest(
            month,
            len(set[UUID]().union(*(owners[_key_of(row, dimensions)] for row in rows))),
            sum(row["order_count"] for row in rows),
            _sales(rows),
        )
        for month, rows in sorted(by_month.items(), key=lambda each: each[0] or date.max)
    ]


def _sales(rows: list[DetailRow]) -> int:
    return sum(row["sales_minor"] for row in rows)
