"""One order as one vendor order for each cooperative: numbers, sums, days, the delivery's parts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.models import Order
from marketplace.orders.services.engine_orders.snapshot import (
    LineSnapshot,
    OrderSnapshot,
    ParcelQuote,
)
from marketplace.orders.services.splitting import (
    draft_vendor_orders,
    split_shipping,
)
from tests.orders.projecting import engine_order
from tests.orders.world import World

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


def line(total_minor: int, cooperative_id: UUID = A, *, place: int = 0) -> LineSnapshot:
    return LineSnapshot(
        line_id=UUID(int=100 + place), listing_id=UUID(int=200 + place),
        variant_id=UUID(int=300 + place), cooperative_id=cooperative_id, category_slug="rugs",
        title="Tapis", titles={"fr": "Tapis"}, sku=f"R-{place}", quantity=2,
        unit_minor=total_minor // 2, total_minor=total_minor, tax_minor=total_minor // 6,
        tax_rate_bp=2_000, weight_grams=900 + place,
    )  # fmt: skip


def split(shipping_minor: int, totals: Sequence[int], quotes: dict[UUID, int]) -> list[int]:
    """The parts for cooperatives A, B, C, who sold for ``totals``."""
    by_cooperative = {key: [line(total)] for key, total in zip((A, B, C), totals, strict=False)}
    parts = split_shipping(
        Order(currency="MAD", shipping_minor=shipping_minor),
        by_cooperative,
        {key: ParcelQuote(amount, 5, 7) for key, amount in quotes.items()},
    )
    assert list(parts) == list(by_cooperative)
    return list(parts.values())


@pytest.mark.parametrize(
    ("shipping", "totals", "quotes", "parts"),
    [
        (8_000, [100, 100], {A: 4_500, B: 3_500}, [4_500, 3_500]),
        (4_500, [100, 100], {A: 4_500}, [4_500, 0]),
        (0, [100, 100], {}, [0, 0]),
        # Other than quoted, for example reduced at the engine: in the quotes' shares.
        (4_001, [100, 900], {A: 4_500, B: 3_500}, [2_251, 1_750]),
        (1_001, [300, 100], {}, [751, 250]),
        (100, [0, 99], {}, [1, 99]),
        (9, [0, 0, 0], {}, [3, 3, 3]),
    ],
)
def test_the_delivery_is_split_as_quoted_or_by_the_totals(
    shipping: int, totals: list[int], quotes: dict[UUID, int], parts: list[int]
) -> None:
    assert split(shipping, totals, quotes) == parts


@given(
    shipping=st.integers(0, 10**9),
    totals=st.lists(st.integers(0, 10**9), min_size=1, max_size=3),
    quotes=st.dictionaries(st.sampled_from([A, B, C]), st.integers(0, 10**7)),
)
def test_the_parts_of_the_delivery_sum_to_the_whole(
    shipping: int, totals: list[int], quotes: dict[UUID, int]
) -> None:
    parts = split(shipping, totals, quotes)
    assert sum(parts) == shipping
    assert min(parts) >= 0


@pytest.mark.django_db
def test_each_cooperative_gets_its_lines_sums_and_days(world: World) -> None:
    world.weavers.handling_days = 3
    world.weavers.save(update_fields=["handling_days"])
    placed = world.placed(rug=1)
    lines = [
        line(30_000, world.growers.pk, place=0),
        line(60_000, world.weavers.pk, place=1),
        line(1_200, world.growers.pk, place=2),
    ]
    snapshot = OrderSnapshot(
        engine_order(placed), placed.pk, None, lines,
        {world.weavers.pk: ParcelQuote(4_000, 2, 6), world.growers.pk: ParcelQuote(1_000, None, 9)},
        "ma", "card",
    )  # fmt: skip
    order = Order(
        number="TW-AAAA-BBBB", currency="MAD", shipping_minor=5_000,
        placed_at=datetime(2026, 3, 30, 12, tzinfo=UTC),
    )  # fmt: skip

    honey, rugs = draft_vendor_orders([(order, snapshot)])[order.pk]

    assert [honey.cooperative_id, rugs.cooperative_id] == [world.growers.pk, world.weavers.pk]
    assert [honey.number, rugs.number] == ["TW-AAAA-BBBB-1", "TW-AAAA-BBBB-2"]
    assert (honey.goods_minor, honey.tax_minor, honey.shipping_minor) == (31_200, 5_200, 1_000)
    assert (rugs.goods_minor, rugs.tax_minor, rugs.shipping_minor) == (60_000, 10_000, 4_000)
    assert rugs.ship_by_on == date(2026, 4, 2)
    assert (rugs.promised_from_on, rugs.promised_to_on) == (date(2026, 4, 1), date(2026, 4, 5))
    assert (honey.promised_from_on, honey.promised_to_on) == (None, date(2026, 4, 8))
    assert [(x.pk, x.position, x.sku, x.weight_grams) for x in honey.lines.all()] == [
        (UUID(int=100), 0, "R-0", 900), (UUID(int=102), 1, "R-2", 902),
    ]  # fmt: skip
    assert {x.vendor_order for x in honey.lines.all()} == {honey}


@pytest.mark.django_db
def test_without_a_quote_nothing_is_promised(world: World) -> None:
    order = world.placed(rug=1)
    snapshot = OrderSnapshot(
        engine_order(order), order.pk, None, [line(60_000, world.weavers.pk)], {}, "ma", "card"
    )

    [made] = draft_vendor_orders([(order, snapshot)])[order.pk]

    assert (made.promised_from_on, made.promised_to_on) == (None, None)
    assert made.shipping_minor == order.shipping_minor
