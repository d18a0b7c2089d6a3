"""The engine's stock follows direct sales, whatever happens between the two."""

from uuid import uuid4

import pytest
from django.utils import timezone

from catalog.models import ListingOffer, ListingVariant
from catalog.services import held_stock
from marketplace.direct_sales import queries
from marketplace.saleor.errors import EngineUnavailable
from tests.direct_sales.selling import (
    cancel,
    correct,
    count,
    engine_unavailable,
    later,
    now,
    sell,
    stock,
)
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_a_sale_takes_its_pieces_out_of_the_shops_stock(world: World) -> None:
    sale = sell(world, 2)
    assert stock(world) == 3
    assert (sale.taken, sale.settled, sale.stock_due_at) == (2, 2, None)
    # The shop shows it at once.
    assert {o.on_hand for o in ListingOffer.objects.filter(variant_id=world.rug)} == {3}


def test_a_correction_moves_the_difference_and_a_cancellation_puts_back(world: World) -> None:
    sale = sell(world, 2)
    assert correct(world, sale, 4).taken == 4
    assert stock(world) == 1
    assert correct(world, sale, 1).taken == 1
    assert stock(world) == 4
    assert cancel(world, sale).taken == 0
    assert stock(world) == 5


def test_only_what_the_stock_gave_goes_back(world: World) -> None:
    sale = sell(world, 7)
    assert (stock(world), sale.taken, sale.short) == (0, 5, 2)
    # The count was wrong: there are ten more, of which the sale was none.
    count(world, 10)
    assert correct(world, sale, 6).short == 1
    assert stock(world) == 10
    cancel(world, sale)
    assert stock(world) == 15


def test_the_engine_is_unavailable(world: World) -> None:
    with engine_unavailable():
        sale = sell(world, 2)
        second = sell(world, 1)
    assert (stock(world), sale.taken) == (5, 0)
    assert sale.stock_due_at is not None
    assert sale.stock_due_at > timezone.now()
    assert later() == 1
    assert stock(world) == 2
    assert [now(each).stock_due_at for each in (sale, second)] == [None, None]
    assert later() == 0


def test_the_engine_took_it_and_we_did_not_hear(world: World) -> None:
    with engine_unavailable(after=True):
        sale = sell(world, 2)
    assert (stock(world), sale.taken, sale.stock_target) == (3, 0, 3)
    later()
    assert (stock(world), now(sale).taken, now(sale).stock_target) == (3, 2, None)
    assert now(sale).stock_unsure_at is None


def test_killed_between_the_engines_answer_and_our_commit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = held_stock.set_stock

    class Killed(BaseException):
        pass

    def killed(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)  # type: ignore[arg-type]
        raise Killed

    sale = sell(world, 1)
    monkeypatch.setattr(held_stock, "set_stock", killed)
    with pytest.raises(Killed):
        cancel(world, sale)
    assert stock(world) == 5
    monkeypatch.setattr(held_stock, "set_stock", real)
    later()
    assert (stock(world), now(sale).taken) == (5, 0)


@pytest.mark.parametrize("arrived", [True, False])
def test_where_nobody_can_know_the_lower_count_is_taken(world: World, *, arrived: bool) -> None:
    with engine_unavailable(after=arrived):
        sale = sell(world, 2)
    # Meanwhile another piece left the warehouse: 2 of 5 with the sale, or 4 without it.
    left = stock(world) - 1
    variant = ListingVariant.objects.crossing(Crossing.POLICY).get(pk=world.rug)
    with held_stock.held_stock(variant) as held:
        held.set(left)
    later()
    assert (stock(world), now(sale).taken) == (left - 2, 2)
    [noted] = queries.with_notes([now(sale)])
    assert noted.is_to_count
    count(world, 2)
    [noted] = queries.with_notes([now(sale)])
    assert not noted.is_to_count


def test_a_correction_while_the_engine_is_unavailable(world: World) -> None:
    with engine_unavailable(after=True):
        sale = sell(world, 2)
        correct(world, sale, 3)
        cancel(world, sale)
    later()
    assert (stock(world), now(sale).taken) == (5, 0)


def test_after_each_failure_the_wait_doubles(world: World) -> None:
    with engine_unavailable():
        sale = sell(world)
        for _attempt in range(3):
            later()
    assert now(sale).stock_attempts == 4
    due = now(sale).stock_due_at
    assert due is not None
    assert 7 * 60 < (due - timezone.now()).total_seconds() <= 8 * 60


def test_a_product_that_lost_its_place_in_the_engine_does_not_lose_the_sale(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object) -> None:
        raise EngineUnavailable("gone")

    monkeypatch.setattr(held_stock, "app_client", gone)
    key = uuid4()
    sale = sell(world, key=key)
    assert now(sale).stock_due_at is not None
    assert sell(world, key=key).pk == sale.pk


def test_orders_of_the_shop_that_are_no_longer_in_stock_are_told(world: World) -> None:
    world.placed(rug=3, honey=1)
    sell(world, 2)
    assert queries.promised_beyond(world.weavers.scope, world.rug) == 0
    sell(world, 1)
    assert queries.promised_beyond(world.weavers.scope, world.rug) == 1
