"""Money that moved in the engine's Dashboard is found, also when no webhook told of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.checkup import Mark
from marketplace.core.models import DomainEvent
from marketplace.orders.models import Order
from marketplace.payments import checks, services
from marketplace.payments.models import Payment, Refund
from marketplace.saleor import ids
from marketplace.saleor.client import TransactionActionEnum
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import SweepRun
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def order(world: World) -> Order:
    """Bought over two cooperatives, paid, and told."""
    placed = world.placed(rug=1, honey=2)
    services.capture_payments(order_id=placed.pk)
    return placed


def in_the_dashboard(action: TransactionActionEnum, amount_minor: int) -> None:
    """Staff of the engine does it; our inbox hears nothing, as nobody works it here."""
    payment = Payment.objects.get()
    answer = app_client().request_transaction_action(
        id=ids.global_id(ids.TRANSACTION, payment.pk),
        action=action,
        amount=str(Decimal(amount_minor) / 100),
    )
    assert not answer.transaction_request_action.errors  # type: ignore[union-attr]


def refunds() -> list[Refund]:
    return list(Refund.objects.crossing(Crossing.BUYER_ORDER).order_by("vendor_order_id"))


def test_a_whole_refund_of_the_dashboard_is_booked_for_each_cooperative(
    world: World, order: Order
) -> None:
    in_the_dashboard(TransactionActionEnum.REFUND, order.total_minor)

    run = services.sweep_transactions()

    assert (run.repaired, run.last_error) == (1, "")
    payment = Payment.objects.get()
    assert (payment.state, payment.refunded_minor) == ("refunded", order.total_minor)
    parts = {
        part.pk: part for part in (world.part(order, s) for s in (world.weavers, world.growers))
    }
    assert {
        refund.vendor_order_id: (refund.state, refund.goods_minor, refund.shipping_minor)
        for refund in refunds()
    } == {key: ("made", part.goods_minor, part.shipping_minor) for key, part in parts.items()}
    assert DomainEvent.objects.filter(name="RefundMade").count() == 2
    assert [finding.mark for finding in checks.refunds()] == [Mark.GOOD]


def test_a_second_pass_finds_nothing_to_repair(order: Order) -> None:
    in_the_dashboard(TransactionActionEnum.REFUND, order.total_minor)
    services.sweep_transactions()

    again = services.sweep_transactions()

    assert (again.looked_at, again.repaired) == (1, 0)
    assert DomainEvent.objects.filter(name="RefundMade").count() == 2


def test_what_went_back_before_is_not_booked_twice(world: World, order: Order) -> None:
    # given a refund of ours, and then the rest in the Dashboard
    part = world.part(order, world.growers)
    line = part.lines.get()
    mine = services.make_refund(
        vendor_order=part, lines={line.pk: 1}, include_shipping=True, reason="Cassé", by=BY
    )
    in_the_dashboard(TransactionActionEnum.REFUND, order.total_minor - mine.total_minor)

    services.sweep_transactions()

    assert sum(refund.total_minor for refund in refunds()) == order.total_minor
    assert {refund.state for refund in refunds()} == {"made"}


def test_a_part_of_it_is_told_by_the_doctor(order: Order) -> None:
    in_the_dashboard(TransactionActionEnum.REFUND, 10_000)

    run = services.sweep_transactions()

    assert run.repaired == 1
    assert Payment.objects.get().refunded_minor == 10_000
    assert refunds() == []
    (found,) = checks.refunds()
    assert found.mark == Mark.WARNING
    assert f"{order.number}: 100.00 MAD" in found.message


def test_a_charge_of_the_dashboard_is_found(world: World) -> None:
    order = world.placed(method="cod", honey=1)
    assert Payment.objects.get().charged_minor == 0
    in_the_dashboard(TransactionActionEnum.CHARGE, order.total_minor)

    services.sweep_transactions()

    payment = Payment.objects.get()
    assert (payment.state, payment.charged_minor) == ("charged", order.total_minor)


def test_a_promise_given_up_in_the_dashboard_is_found(world: World) -> None:
    order = world.placed(method="cod", honey=1)
    in_the_dashboard(TransactionActionEnum.CANCEL, order.total_minor)

    services.sweep_transactions()

    payment = Payment.objects.get()
    assert (payment.state, payment.authorized_minor) == ("cancelled", 0)


def test_only_what_changed_since_the_last_pass_is_asked_for(order: Order) -> None:
    services.sweep_transactions()
    SweepRun.objects.update(seen_until=timezone.now() + timedelta(hours=1))

    assert services.sweep_transactions().looked_at == 0
