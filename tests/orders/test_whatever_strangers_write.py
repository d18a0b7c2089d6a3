"""Whatever anybody writes into the engine's metadata, orders and their money are the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.orders.engine_metadata import MARKET_KEY, METHOD_KEY, PARCELS_KEY, SENT_KEY
from marketplace.orders.models import (
    CheckoutState,
    Order,
)
from marketplace.orders.services.bulk_projection import project_orders
from marketplace.orders.services.projection import project_order
from marketplace.saleor import ids
from tests.orders.projecting import forget
from tests.orders.strangers import ORDER_KEY, complete_at_the_engine, rows, straight, with_public
from tests.orders.world import World

pytestmark = pytest.mark.django_db

# Values that would matter if somebody believed them; {victim}, {weavers} and {growers} are filled.
TELLING = st.sampled_from(
    [
        "{victim}", "{open}", "{weavers}", "cod", "bank", "card", "eu", "ma", "toolong" * 20, "",
        '[{"cooperative": "{weavers}", "amount_minor": 8000}]',
        '[{"cooperative": "{growers}", "amount_minor": -999999}]',
        '[{"cooperative": "{growers}", "amount_minor": 1e9, "days_min": -4, "days_max": 9999}]',
        '{"AM-77": "1970-01-01T00:00:00Z"}', "[]", "{", "null", "\u202e\u200b", "\u0000x",
    ]
)  # fmt: skip
KEYS = st.sampled_from(
    [
        *(ORDER_KEY, MARKET_KEY, METHOD_KEY, PARCELS_KEY, SENT_KEY, "twiza.service", "twiza.line"),
        *("twiza.number_before", "cooperative", "pspReference", "order_id", "externalReference"),
    ]
)
METADATA = st.dictionaries(KEYS | st.text(max_size=20), TELLING | st.text(max_size=60), max_size=8)


@pytest.fixture
def told_orders(world: World) -> dict[str, Any]:
    """A placed order, an open checkout, and orders of which nothing of ours is left."""
    victim, still_open = world.placed(rug=1), world.begun(honey=1)
    stranger = straight(world)
    bought = world.paid(rug=1, honey=1)
    own = complete_at_the_engine(bought)
    return {
        "victim": victim,
        "open": still_open,
        "straight": stranger,
        "own": own,
        "own_id": bought.order_id,
    }


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(written=METADATA, together=st.booleans())
def test_whatever_is_written_orders_and_their_money_are_the_same(
    world: World, told_orders: dict[str, Any], written: dict[str, str], *, together: bool
) -> None:
    victim, still_open = told_orders["victim"], told_orders["open"]
    fill = {
        "{victim}": str(victim.pk),
        "{open}": str(still_open.order_id),
        "{weavers}": str(world.weavers.pk),
        "{growers}": str(world.growers.pk),
    }
    facts = {key: filled(value, fill) for key, value in written.items()}
    before = rows(victim)
    made: dict[str, list[Any]] = {}
    for metadata in ({}, facts):
        for name in ("straight", "own"):
            told = with_public(told_orders[name], metadata)
            if together:
                project_orders([told])
            else:
                project_order(told)
            order_id = ids.our_id(ids.ORDER, told.id)
            assert order_id is not None
            assert order_id not in {victim.pk, still_open.order_id}
            assert (order_id == told_orders["own_id"]) == (name == "own")
            order = Order.objects.get(pk=order_id)
            made.setdefault(name, []).append(
                [{k: v for k, v in row.items() if k != "number"} for row in rows(order)]
            )
            forget(order)

    assert all(plain == written_on for plain, written_on in made.values())
    assert rows(victim) == before
    still_open.refresh_from_db()
    assert still_open.state == CheckoutState.DELIVERY_CHOSEN


def filled(value: str, fill: dict[str, str]) -> str:
    for name, text in fill.items():
        value = value.replace(name, text)
    return value
