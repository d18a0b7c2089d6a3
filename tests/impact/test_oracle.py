"""Every sum of impact is the oracle's to the last centime, as kept and as computed again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.actors import Actor
from marketplace.impact import queries
from marketplace.impact.queries import Period
from marketplace.payouts.balances.rebuild_sales import rebuild_sales
from marketplace.payouts.models import Sale
from tests.impact.oracle import Part, Sold, figures, grouped, in_currency, moroccan_day, sold_of
from tests.impact.worlds import worlds
from tests.payouts.world import make_programme
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("test")
EVER = Period(date(2025, 1, 1), date(2026, 12, 31))
KEYS: dict[str, Any] = {
    "region": lambda sold: sold.owner.region,
    "sector": lambda sold: sold.owner.sector,
    "area": lambda sold: "rural" if sold.owner.rural else "urban",
    "kind": lambda sold: sold.owner.kind,
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.data(),
    base=st.sampled_from(["MAD", "EUR", "XOF"]),
    period=st.sampled_from(
        [EVER, Period(date(2026, 1, 1), date(2026, 1, 31)), Period(date(2026, 2, 1), EVER.last)]
    ),
)
def test_every_sum_is_the_oracles_however_it_was_told(
    db: None, data: st.DataObject, base: str, period: Period
) -> None:
    with transaction.atomic():
        programme = make_programme(currency=base)
        world = data.draw(worlds(programme))
        for event in world.story:
            event()
        assert_equal(programme, world.parts, period)
        kept = rows_of(programme)
        forget_figures(programme)
        assert rows_of(programme) != kept or not any(row["placed_at"] for row in kept)
        assert [batch.count for batch in rebuild_sales(programme.pk, by=MACHINE)]
        assert rows_of(programme) == kept
        assert_equal(programme, world.parts, period)
        transaction.set_rollback(True)


def assert_equal(programme: Programme, parts: list[Part], period: Period) -> None:
    """Totals, groups, months, the finest rows and cooperatives."""
    scope = ProgrammeScope(programme.pk)
    everything = [sold_of(part, programme.base_currency) for part in parts]
    sold = [each for each in everything if each and period.first <= each.day <= period.last]
    assert vars(queries.totals(scope, period)) == figures(sold)
    for by, key in KEYS.items():
        found = {group.key: vars(group.figures) for group in queries.groups(scope, period, by=by)}
        assert found == grouped(sold, key)
    assert_months(scope, period, sold)
    finest = grouped(sold, _finest)
    assert {tuple(row[name] for name in queries.DIMENSIONS): _counts(row)  # type: ignore[literal-required]
            for row in queries.details(scope, period)} == {
        key: _counts(sums) for key, sums in finest.items()
    }  # fmt: skip
    by_cooperative: dict[Any, int] = {}
    for owners in queries.detail_sales(scope, period)[0].values():
        for cooperative, amount in owners.items():
            by_cooperative[cooperative] = by_cooperative.get(cooperative, 0) + amount
    of_each = grouped(sold, lambda each: each.owner.id)
    assert by_cooperative == {key: sums["sales_minor"] for key, sums in of_each.items()}


def assert_months(scope: ProgrammeScope, period: Period, sold: list[Sold]) -> None:
    """Each month of the period, those without sales as zero."""
    of_month = grouped(sold, lambda each: each.day.replace(day=1))
    months = queries.by_month(scope, period)
    assert len(months) == len(period.months())
    for month in months:
        sums = of_month.pop(month.month, {"sales_minor": 0, "abroad_minor": 0})
        assert month.home_minor + month.abroad_minor == sums["sales_minor"]
        assert month.abroad_minor == sums["abroad_minor"]
    assert not of_month


def _finest(sold: Sold) -> tuple[Any, ...]:
    owner = sold.owner
    return sold.day.replace(day=1), owner.region, owner.sector, owner.rural, owner.kind


def _counts(row: Any) -> list[int]:
    return [
        row[name] for name in ("order_count", "cooperative_count", "sales_minor", "abroad_minor")
    ]


def rows_of(programme: Programme) -> list[dict[str, Any]]:
    """Everything that stands in the table of sales."""
    return list(Sale.objects.within(ProgrammeScope(programme.pk)).order_by("id").values())


def forget_figures(programme: Programme) -> None:
    """The computed columns as if nothing had been told."""
    Sale.objects.within(ProgrammeScope(programme.pk)).update(
        placed_at=None, delivered_at=None, delivered_on=None,
        net_goods_minor=0, commission_minor=0, net_goods_base_minor=0,
    )  # fmt: skip


def test_the_oracle_itself_by_sums_done_by_hand() -> None:
    # 100.00 euros at 10.80 until the end of 2025 and at 10.70 from then on.
    assert in_currency(10_000, "EUR", "MAD", date(2025, 12, 31)) == 108_000
    assert in_currency(10_000, "EUR", "MAD", date(2026, 1, 1)) == 107_000
    assert in_currency(655_957, "XOF", "EUR", date(2026, 1, 1)) == 100_000
    assert moroccan_day(datetime(2026, 8, 31, 23, 0, tzinfo=UTC)) == date(2026, 9, 1)
    assert moroccan_day(datetime(2026, 10, 31, 23, 0, tzinfo=UTC)) == date(2026, 10, 31)
    assert moroccan_day(datetime(2026, 2, 28, 23, 0, tzinfo=UTC)) == date(2026, 2, 28)
