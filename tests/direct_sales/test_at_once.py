"""At the same moment: the same tap twice, many sales, a correction beside a cancellation."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from marketplace.core.errors import TwizaError
from tests.direct_sales.selling import cancel, correct, everything, now, sell, stock
from tests.kept_worlds import kept
from tests.orders.world import World, make_world
from tests.web.browsers import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    return kept("nine_rugs", lambda: make_world(rugs=9))


def tried(act: Callable[[], Any]) -> Callable[[], Any]:
    """The act, of which an expected error is a result."""

    def run() -> Any:
        try:
            return act()
        except TwizaError as refused:
            return refused

    return run


def test_the_same_tap_many_times_is_one_sale(world: World) -> None:
    key = uuid4()
    answers = at_once([lambda: sell(world, 2, key=key)] * 4)
    assert len({answer.pk for answer in answers}) == 1
    assert len(everything()) == 1
    assert stock(world) == 7


def test_many_sales_take_each_their_pieces(world: World) -> None:
    at_once([lambda: sell(world, 2)] * 4)
    assert [sale.taken for sale in everything()] == [2, 2, 2, 2]
    assert stock(world) == 1


def test_a_correction_beside_a_cancellation(world: World) -> None:
    sale = sell(world, 2)
    at_once([tried(lambda: correct(world, sale, 5)), lambda: cancel(world, sale)])
    found = now(sale)
    assert found.is_cancelled
    assert (found.taken, found.settled, found.stock_due_at) == (0, 0, None)
    assert stock(world) == 9


def test_two_corrections_of_what_both_saw(world: World) -> None:
    sale = sell(world, 2)
    both = [lambda: correct(world, sale, 3), lambda: correct(world, sale, 4)]
    answers = at_once([tried(act) for act in both])
    refused = [answer for answer in answers if isinstance(answer, TwizaError)]
    assert len(refused) <= 1
    assert stock(world) == 9 - now(sale).quantity
