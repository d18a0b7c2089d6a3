"""Collecting an order when something goes wrong: lost answers, two at the counter, nobody comes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from marketplace.orders.errors import CashNotPossible
from marketplace.orders.jobs import finish_collections, remind_to_collect
from marketplace.orders.models import BuyerNotice, DeliveryEvidence, ParcelState, VendorOrder
from marketplace.orders.services import checkout, collect
from marketplace.saleor.errors import EngineUnavailable
from tests.orders.collecting import TERMS, bought, collection_of, offer
from tests.orders.world import BY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(world: World) -> VendorOrder:
    """A jar that waits at its cooperative."""
    offer(world.growers)
    found = world.part(bought(world, honey=1), world.growers)
    collect.mark_ready(vendor_order=found, by=BY)
    return found


def test_an_answer_that_was_lost_is_made_up_for_by_a_job(
    part: VendorOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a code that was right, and an engine that does not answer
    def lost(**_kwargs: Any) -> None:
        raise EngineUnavailable

    with monkeypatch.context() as during:
        during.setattr(collect, "ship_parcel", lost)
        with pytest.raises(EngineUnavailable):
            collect.hand_over(vendor_order=part, code=collection_of(part).code, by=BY)
        assert finish_collections() == 0
    assert not part.parcels.exists()

    # when the engine is back
    assert (finish_collections(), finish_collections()) == (1, 0)

    # then it has arrived, once
    assert part.parcels.get().state == ParcelState.DELIVERED
    assert DeliveryEvidence.objects.within(part.cooperative.scope).count() == 1


def test_who_types_the_code_again_after_a_lost_answer_needs_no_second_code(
    part: VendorOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = collection_of(part).code
    with monkeypatch.context() as during:
        during.setattr(collect, "record_delivery", lambda **_kwargs: None)
        collect.hand_over(vendor_order=part, code=code, by=BY)
    assert part.parcels.get().state == ParcelState.SHIPPED

    collect.hand_over(vendor_order=part, code=code, by=BY)

    assert part.parcels.get().state == ParcelState.DELIVERED


def test_the_buyer_is_reminded_the_day_before_and_once_after_the_last_day(
    part: VendorOrder,
) -> None:
    told = []
    for days in range(TERMS.keep_days + 4):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            told += [days] * remind_to_collect()
            assert remind_to_collect() == 0
    assert told == [TERMS.keep_days - 1, TERMS.keep_days + 1]
    assert BuyerNotice.objects.filter(key__startswith="pickup-").count() == len(told)


def test_nobody_is_reminded_of_what_was_collected(part: VendorOrder) -> None:
    collect.hand_over(vendor_order=part, code=collection_of(part).code, by=BY)
    with time_machine.travel(timezone.now() + timedelta(days=TERMS.keep_days), tick=False):
        assert remind_to_collect() == 0


def test_nobody_pays_in_cash_at_the_counter(world: World) -> None:
    offer(world.growers)
    attempt = checkout.choose_delivery(attempt=world.begun(honey=1), option_id="pickup")
    with pytest.raises(CashNotPossible):
        checkout.pay(attempt=attempt, method="cod", data={})
