"""Orders that no webhook told of: what fails is tried again, and never two passes at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.orders import sweeps
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.sweeps import SWEEP, finish_checkouts, sweep_orders
from tests.orders.projecting import forget
from tests.orders.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def unknown(world: World) -> set[object]:
    """Three orders of the engine's that are not here."""
    orders = [world.placed(honey=1) for _ in range(3)]
    for order in orders:
        forget(order)
    return {order.pk for order in orders}


def here() -> set[object]:
    return set(Order.objects.values_list("pk", flat=True))


def fail_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The first call of a function that the sweeps use is refused."""
    real = getattr(sweeps, name)

    def refused(*_args: object, **_more: object) -> None:
        monkeypatch.setattr(sweeps, name, real)
        raise TwizaError

    monkeypatch.setattr(sweeps, name, refused)


def test_one_that_fails_holds_up_no_other_and_is_tried_again(
    unknown: set[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_once(monkeypatch, "project_order")

    first = sweep_orders()
    assert (first.repaired, len(here())) == (2, 2)
    assert first.last_error

    second = sweep_orders()
    assert (second.repaired, second.last_error) == (1, "")
    assert here() == unknown

    third = sweep_orders()
    assert (third.repaired, third.last_error) == (0, "")
    assert third.looked_at == 3


def test_two_passes_at_once_are_one(unknown: set[object]) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [SWEEP.lock])
        run = sweep_orders()
        assert (run.looked_at, run.seen_until) == (0, None)
        assert run.finished_at is not None
        # Not by closing alone: the server notices that a moment later.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP.lock])
    finally:
        other.close()

    assert sweep_orders().repaired == 3


def test_an_unexpected_error_frees_the_lock_and_begins_there_again(
    unknown: set[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sweeps, "fetched", lambda _id: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep_orders()

    assert sweep_orders().repaired == 3


def test_a_paid_checkout_that_cannot_be_placed_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = [world.paid(honey=1) for _ in range(2)]
    CheckoutAttempt.objects.update(updated_at=timezone.now() - timedelta(minutes=10))
    fail_once(monkeypatch, "complete")

    assert finish_checkouts() == 1
    assert finish_checkouts() == 1
    assert here() == {attempt.order_id for attempt in attempts}


@pytest.mark.parametrize("age", [timedelta(minutes=1), timedelta(hours=13)])
def test_a_buyer_who_is_still_there_or_long_gone_is_left_alone(
    world: World, age: timedelta
) -> None:
    world.paid(rug=1)
    CheckoutAttempt.objects.update(updated_at=timezone.now() - age)

    assert finish_checkouts() == 0
    assert not here()
