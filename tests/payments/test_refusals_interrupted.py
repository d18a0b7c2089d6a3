"""Refusals that are killed half way, whose card is charged late, or that meet other refunds."""

from typing import Any

import pytest

from marketplace.orders.models import RefusedLine
from marketplace.orders.services import record_return, refuse
from marketplace.payments import services
from marketplace.payments.errors import OtherMemberNeeded
from marketplace.payments.models import Payment
from marketplace.saleor.errors import EngineUnavailable
from tests.factories import vendors as make
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.payments.refund_world import limit, refunds, set_limit
from tests.payments.refusing import (
    BY,
    HONEY,
    bought,
    line_of,
    paid_back,
    refuse_some,
    send,
    settled,
    stock_of,
    total,
)
from vendors.scoping import Crossing

__all__ = ["made_world", "settled", "world"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize("quantity", [2, 5])
def test_a_crash_is_finished_by_the_worker_once(
    world: World, monkeypatch: pytest.MonkeyPatch, lost: str, quantity: int
) -> None:
    """Killed before or after the engine's answer: the engine is told once, the money goes once."""
    part = bought(world, honey=5)
    where = "engine_returns.app_client" if lost == "before" else "engine_returns.accepted"
    with monkeypatch.context() as broken:
        broken.setattr(f"marketplace.orders.services.{where}", _unreachable_after)
        with pytest.raises(EngineUnavailable):
            refuse_some(part, quantity, world.other_manager)
    assert line_of(part).quantity_refused == quantity

    assert refuse.finish_refusals() == 1
    assert refuse.finish_refusals() == 0

    back = quantity * HONEY if quantity < 5 else total(part)
    assert paid_back() == back
    assert refunds().count() == 1
    assert stock_of(world, "honey") == (20 - quantity, 5 - quantity)
    assert not RefusedLine.objects.crossing(Crossing.POLICY).filter(engine_released_at=None)


def _unreachable_after(*_args: Any) -> Any:
    raise EngineUnavailable


def test_a_return_after_a_refusal_is_counted_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = bought(world, honey=5)
    send(part, 3, world.other_manager)
    with monkeypatch.context() as broken:
        broken.setattr("marketplace.orders.services.refuse.bring_in", _unreachable_after)
        with pytest.raises(EngineUnavailable):
            refuse_some(part, 2, world.other_manager)

    record_return.record_returned_goods(
        vendor_order=part,
        quantities={line_of(part).pk: 1},
        restock=True,
        reason="",
        by=world.other_manager.actor,
    )

    assert line_of(part).quantity_returned == 1
    # 20, less 3 sent and 2 that do not exist, and 1 came back.
    assert stock_of(world, "honey") == (16, 0)


def test_a_card_that_is_charged_later_is_refunded_then(world: World) -> None:
    part = bought(world, honey=5)
    Payment.objects.update(charged_minor=0, state="pending")
    refusal = refuse_some(part, 2, world.other_manager)
    assert (refusal.amount_minor, refusal.refund_id) == (2 * HONEY, None)
    assert services.request_due_refusals() == 0

    Payment.objects.update(charged_minor=part.order.total_minor, state="charged")
    assert services.request_due_refusals() == 1
    assert services.request_due_refusals() == 0

    assert sum(refund.total_minor for refund in refunds()) == 2 * HONEY


def test_a_member_of_today_refuses_up_to_the_limit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_limit(monkeypatch, limit(2 * HONEY))
    part = bought(world, honey=5)
    new = make.make_member(world.growers, "seller")

    with pytest.raises(OtherMemberNeeded):
        refuse_some(part, 3, new)
    assert line_of(part).quantity_refused == 0
    refuse_some(part, 2, new)

    assert paid_back() == 2 * HONEY


def test_what_staff_refunded_before_is_not_refunded_again(world: World) -> None:
    part = bought(world, honey=5)
    services.request_refund(
        vendor_order=part,
        lines={line_of(part).pk: 4},
        include_shipping=True,
        reason="late",
        by=BY,
    )

    refusal = refuse_some(part, 5, world.other_manager)

    assert refusal.amount_minor == HONEY
    assert paid_back() == total(part)
