"""The file that names nobody: no figure of few cooperatives, also not by computing."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.impact.details import LEVELS, published_keys
from marketplace.impact.exports import details_csv
from marketplace.impact.queries import DIMENSIONS, Period
from marketplace.impact.smallest_groups import known_rules, smallest_group
from tests.payouts.world import make_cooperative, make_programme, sold_and_delivered
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


def sold(programme: Programme, slug: str, month: int = 11, **fields: Any) -> None:
    total = fields.pop("total", 10_000)
    country = fields.pop("country", "MA")
    cooperative = make_cooperative(programme, slug, **fields)
    when = datetime(2026, month, 3, 10, tzinfo=UTC)
    sold_and_delivered(cooperative, totals=(total,), country=country, when=when)


def written(programme: Programme) -> list[list[str]]:
    with translation.override("en"):
        content = details_csv(programme, ProgrammeScope(programme.pk), YEAR, "en")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_of_one_cooperative_is_withheld_and_so_is_what_would_reveal_it() -> None:
    programme = make_programme()
    for slug in ("a", "b", "c", "d"):
        sold(programme, slug, sector="argan")
    for slug in ("e", "f", "g"):
        sold(programme, slug, sector="beekeeping", total=50_000)
    sold(programme, "h", sector="pottery", total=7_700)
    rows = written(programme)
    table = {row[3]: row for row in rows[1:] if len(row) > 3}
    assert "77.00" not in {cell for row in rows for cell in row}
    # The four of argan are withheld too: all less the others would be the potter's sales.
    assert table["beekeeping"][6:9] == ["3", "3", "1500.00"]
    assert "argan" not in table
    assert table[""][2] == "other groups together"
    assert table[""][6:9] == ["5", "5", "477.00"]
    assert rows[-2][0].startswith("Withheld: figures of fewer than 3 cooperatives")
    assert "(2 rows of 3)" in rows[-2][0]
    assert rows[-1][0].startswith("Counted until ")


def test_a_coarser_table_is_published_when_the_finest_would_withhold_too_much() -> None:
    programme = make_programme()
    kinds = ("women", "youth", "mixed")
    for number in range(6):
        sold(programme, f"c{number}", kind=kinds[number % 3], is_rural=number < 3)
    rows = written(programme)
    assert rows[1][:9] == [
        "2026-11", "MA-09", "Souss-Massa", "argan", "all together", "all together", "6", "6",
        "600.00",
    ]  # fmt: skip


def test_sales_abroad_of_few_are_withheld_and_those_at_home_too() -> None:
    programme = make_programme()
    for slug in ("a", "b", "c", "d"):
        sold(programme, slug)
    sold(programme, "e", country="FR")
    for slug in ("p", "q", "r"):
        sold(programme, slug, sector="beekeeping")
    rows = written(programme)
    table = {row[3]: row for row in rows[1:] if len(row) > 3}
    assert table["argan"][8:10] == ["500.00", ""]


def test_one_cooperative_alone_gives_an_empty_table() -> None:
    programme = make_programme()
    sold(programme, "only")
    rows = written(programme)
    assert [len(row) for row in rows] == [11, 0, 1, 1]
    assert "100.00" not in str(rows)


def test_the_rules_are_dated_and_say_their_source() -> None:
    assert smallest_group("any", date(2026, 11, 26)).cooperatives == 3
    assert all(each.source for each in known_rules())


GROUPS = st.tuples(
    st.sampled_from([date(2026, 10, 1), date(2026, 11, 1)]),
    st.sampled_from(["MA-05", "MA-09"]),
    st.sampled_from(["argan", "beekeeping"]),
    st.booleans(),
    st.sampled_from(["women", "youth"]),
)


@settings(max_examples=150, deadline=None)
@given(
    sold=st.dictionaries(
        GROUPS,
        st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 900), min_size=1),
        min_size=1,
        max_size=8,
    ),
    dimensions=st.sampled_from(LEVELS),
    least=st.sampled_from([2, 3]),
)
def test_no_total_less_published_rows_is_of_few(
    sold: Any, dimensions: tuple[str, ...], least: int
) -> None:
    keys, totals = published_keys(sold, dimensions, least)
    published = [{group for group in sold if short(group, dimensions) == key} for key in keys]
    assert all(len(owners_of(groups, sold)) >= least for groups in published)
    for total in totals:
        inside = {
            group
            for group in sold
            if total in {("all", None), *zip(DIMENSIONS, group, strict=True)}
        }
        within = [groups for groups in published if groups <= inside]
        for count in range(len(within) + 1):
            for some in combinations(within, count):
                rest = inside.difference(*some)
                assert not rest or len(owners_of(rest, sold)) >= least


@settings(max_examples=100, deadline=None)
@given(
    sold=st.dictionaries(
        GROUPS,
        st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 900), min_size=3),
        min_size=2,
        max_size=8,
    ),
    lone=GROUPS,
)
def test_one_small_cooperative_keeps_the_grand_total(sold: Any, lone: Any) -> None:
    sold = sold | {lone: {"Z": 1}}
    _keys, totals = published_keys(sold, DIMENSIONS, 3)
    assert ("all", None) in totals


def totals_of(group: tuple[Any, ...]) -> set[Any]:
    return {("all", None), *zip(DIMENSIONS, group, strict=True)}


def short(group: tuple[Any, ...], dimensions: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(v for name, v in zip(DIMENSIONS, group, strict=True) if name in dimensions)


def owners_of(groups: set[Any], sold: Any) -> set[Any]:
    return set().union(*(sold[key].keys() for key in groups))
