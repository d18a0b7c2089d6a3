"""Whatever is done in whatever order, with the engine there or not: stock and sums are right."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.direct_sales.models import DirectSale
from tests.direct_sales.selling import (
    cancel,
    correct,
    count,
    engine_unavailable,
    everything,
    later,
    now,
    sell,
    stock,
)
from tests.orders.world import World

pytestmark = pytest.mark.django_db
ENGINE = st.sampled_from(["there", "down", "silent"])
ACTS = st.tuples(
    st.sampled_from(["sell", "again", "correct", "cancel", "job"]),
    st.integers(min_value=1, max_value=9),
    st.integers(min_value=0, max_value=200_000),
    ENGINE,
)


@dataclass
class Done:
    """What was done, as somebody with paper and pencil would know it."""

    sales: list[tuple[UUID, int, int, DirectSale]] = field(default_factory=list)
    counts: dict[UUID, tuple[int, int]] = field(default_factory=dict)

    def act(self, world: World, kind: str, quantity: int, price: int) -> None:
        if kind == "sell":
            key = uuid4()
            sale = sell(world, quantity, key=key, price=price)
            self.sales.append((key, quantity, price, sale))
            self.counts[sale.pk] = (quantity, price)
        elif kind == "job":
            later()
        elif self.sales:
            key, first, at, sale = self.sales[quantity % len(self.sales)]
            if kind == "again":
                assert sell(world, first, key=key, price=at).pk == sale.pk
            elif kind == "cancel":
                cancel(world, sale)
                self.counts[sale.pk] = (0, 0)
            elif not now(sale).is_cancelled:
                correct(world, sale, quantity, price=price)
                self.counts[sale.pk] = (quantity, price)


# Each example counts the stock anew and looks at its own sales only.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.integers(min_value=0, max_value=30), acts=st.lists(ACTS, max_size=12))
def test_stock_and_sums(world: World, begin: int, acts: list[Any]) -> None:
    count(world, begin)
    before = {sale.pk for sale in everything()}
    done = Done()
    for kind, quantity, price, engine in acts:
        if engine == "there":
            done.act(world, kind, quantity, price)
        else:
            with engine_unavailable(after=engine == "silent"):
                done.act(world, kind, quantity, price)
    later()
    own = [sale for sale in everything() if sale.pk not in before]
    assert {sale.pk: (sale.counted, sale.unit_price_minor) for sale in own if sale.counted} == {
        key: said for key, said in done.counts.items() if said[0]
    }
    assert stock(world) == begin - sum(sale.taken for sale in own)
    for sale in own:
        assert (sale.stock_due_at, sale.stock_unsure_at) == (None, None)
        assert sale.settled == sale.counted
        assert 0 <= sale.taken <= sale.counted
        assert sale.amount_minor == sale.quantity * sale.unit_price_minor
    # Nothing lacks while the stock had something to give at some time.
    if sum(quantity for _kind, quantity, _price, _engine in acts) <= begin:
        assert all(sale.short == 0 for sale in own)
        assert stock(world) == begin - sum(count for count, _price in done.counts.values())
