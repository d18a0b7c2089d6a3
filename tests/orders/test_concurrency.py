"""At the same moment: two completions, the webhook beside one, two cooperatives shipping."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.utils import timezone

from marketplace.core.errors import TwizaError
from marketplace.core.models import DomainEvent
from marketplace.embedded import fault_injection
from marketplace.embedded.models import Reservation
from marketplace.orders.errors import NotEnoughInStock
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Order,
    ParcelState,
    VendorOrderState,
)
from marketplace.orders.services import checkout, ship
from marketplace.orders.services.fetching import bring_in
from marketplace.payments.models import Payment
from tests.orders.one_rug import world
from tests.orders.world import CASABLANCA, World

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["world"]

T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> list[T | TwizaError]:
    """Run all at the same moment, each with connections of its own; expected errors are results."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | TwizaError:
        try:
            barrier.wait(timeout=30)
            return work()
        except TwizaError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_completions_of_one_attempt_place_one_order(world: World) -> None:
    attempt = world.paid(rug=1)

    def finish() -> Order:
        return checkout.complete(attempt=CheckoutAttempt.objects.get(pk=attempt.pk))

    first, second = at_once(finish, finish)

    assert isinstance(first, Order)
    assert isinstance(second, Order)
    assert first.pk == second.pk == attempt.order_id
    assert Order.objects.count() == 1
    assert DomainEvent.objects.filter(name="OrderPlaced").count() == 1
    assert DomainEvent.objects.filter(name="VendorOrderPlaced").count() == 1
    attempt.refresh_from_db()
    assert attempt.state == CheckoutState.COMPLETED


def test_webhook_and_completion_bring_in_one_order(world: World) -> None:
    order = world.placed(honey=1)
    Order.objects.filter(pk=order.pk).update(engine_updated_at=None)

    results = at_once(*[lambda: bring_in(order.pk)] * 3)

    assert [r.pk for r in results if isinstance(r, Order)] == [order.pk] * 3
    assert DomainEvent.objects.filter(name="VendorOrderPlaced").count() == 1


def test_two_cooperatives_ship_at_once(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    parts = [world.part(order, world.weavers), world.part(order, world.growers)]

    def shipping(part: Any) -> Callable[[], Any]:
        lines = {line.pk: line.quantity for line in part.lines.all()}
        return lambda: ship.ship_parcel(vendor_order=part, lines=lines, by=world.manager.actor)

    results = at_once(*[shipping(part) for part in parts])

    assert [r.state for r in results] == [ParcelState.SHIPPED] * 2  # type: ignore[union-attr]
    for part in parts:
        part.refresh_from_db()
        assert part.state == VendorOrderState.SHIPPED


def test_one_parcel_sent_twice_at_once_is_sent_once(world: World) -> None:
    part = world.part(world.placed(rug=1), world.weavers)
    lines = {line.pk: 1 for line in part.lines.all()}

    results = at_once(
        *[lambda: ship.ship_parcel(vendor_order=part, lines=lines, by=world.manager.actor)] * 2
    )

    assert sorted(type(r).__name__ for r in results) == ["Parcel", "WrongState"]
    assert part.parcels.count() == 1


def test_the_last_rug_goes_to_one_of_three_buyers(world: World) -> None:
    baskets = [world.basket(rug=1) for _ in range(3)]

    def begin(basket: Any) -> Callable[[], CheckoutAttempt]:
        return lambda: checkout.start(
            basket=basket,
            email="salma@example.org",
            phone=CASABLANCA.phone,
            address=CASABLANCA,
            language="fr",
        )

    results = at_once(*[begin(basket) for basket in baskets])

    won = [r for r in results if isinstance(r, CheckoutAttempt)]
    lost = [r for r in results if isinstance(r, NotEnoughInStock)]
    assert (len(won), len(lost)) == (1, 2)
    assert {tuple(r.titles) for r in lost} == {("Tapis",)}


def let_lapse(*attempts: CheckoutAttempt) -> None:
    """As after half an hour: neither the engine nor our row keeps the goods for anybody."""
    past = timezone.now() - timedelta(minutes=1)
    Reservation.objects.update(reserved_until=past)
    keys = [attempt.pk for attempt in attempts]
    CheckoutAttempt.objects.filter(pk__in=keys).update(reserved_until=past)


def test_a_lapsed_last_rug_that_three_have_paid_goes_to_one(world: World) -> None:
    attempts = []
    for _buyer in range(3):
        attempts.append(world.paid(rug=1))
        let_lapse(*attempts)

    def finish(attempt: CheckoutAttempt) -> Callable[[], Order]:
        return lambda: checkout.complete(attempt=CheckoutAttempt.objects.get(pk=attempt.pk))

    # As a Saleor: it sells an unreserved piece to all who complete at once.
    with fault_injection.inject("lost_reservation"):
        results = at_once(*[finish(attempt) for attempt in attempts])

    assert sorted(type(r).__name__ for r in results) == [
        "Order",
        "SoldWhilePaying",
        "SoldWhilePaying",
    ]
    assert Order.objects.count() == 1
    assert DomainEvent.objects.filter(name="PaidCheckoutFailed").count() == 2


def test_nobody_is_charged_for_a_lapsed_rug_that_another_has(world: World) -> None:
    slow = world.begun(rug=1)
    let_lapse(slow)
    world.begun(rug=1)

    with pytest.raises(NotEnoughInStock):
        checkout.pay(attempt=slow, method="card", data={"number": "4242 4242 4242 4242"})

    slow.refresh_from_db()
    assert (slow.state, slow.transaction_id) == (CheckoutState.DELIVERY_CHOSEN, None)
    assert not Payment.objects.exists()


def test_a_lapsed_rug_that_nobody_else_wants_is_bought(world: World) -> None:
    slow = world.begun(rug=1)
    let_lapse(slow)

    outcome = checkout.pay(attempt=slow, method="card", data={"number": "4242 4242 4242 4242"})

    assert outcome.is_settled
    slow.refresh_from_db()
    assert slow.reserved_until is not None
    assert slow.reserved_until > timezone.now()
    assert checkout.complete(attempt=slow).pk == slow.order_id
