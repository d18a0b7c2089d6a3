"""Collecting at the cooperative: offered, chosen, made ready, handed over with the code."""

import pytest

from marketplace.core.models import AuditEntry, DomainEvent
from marketplace.orders.errors import WrongState
from marketplace.orders.models import Collection, DeliveryEvidence, ParcelState
from marketplace.orders.pickup import offers_in
from marketplace.orders.pickup_errors import (
    IsCollected,
    PickupCodeLocked,
    PickupCodeWrong,
    ReasonNeeded,
)
from marketplace.orders.services import checkout, collect, ship
from marketplace.orders.services.cancel import cancel_vendor_order
from marketplace.orders.services.set_pickup import PickupIncomplete, PickupTerms, set_pickup
from tests.orders.collecting import bought, collection_of, offer
from tests.orders.world import BY, World

pytestmark = pytest.mark.django_db


def test_it_is_offered_in_its_own_country_and_whole(world: World) -> None:
    with pytest.raises(PickupIncomplete):
        set_pickup(cooperative=world.growers, terms=PickupTerms(is_offered=True), by=BY)
    offer(world.growers)
    offer(world.growers)
    assert AuditEntry.objects.filter(action="pickup.set").count() == 1
    assert set(offers_in([world.growers.pk, world.weavers.pk], "ma")) == {world.growers.pk}
    assert offers_in([world.growers.pk], "eu") == {}
    set_pickup(cooperative=world.growers, terms=PickupTerms(is_offered=False), by=BY)
    assert offers_in([world.growers.pk], "ma") == {}


def test_what_is_not_offered_is_sent_for_its_price(world: World) -> None:
    offer(world.growers)
    attempt = world.begun(rug=1, honey=2)
    found = {option["id"]: option for option in attempt.options}
    sent = found["standard"]["parcels"][0]["amount_minor"]
    assert found["pickup"]["amount_minor"] == sent
    order = bought(world, rug=1, honey=2)
    assert collection_of(world.part(order, world.growers)).offer.place_name == "Zagora"
    weaving = world.part(order, world.weavers)
    assert not Collection.objects.within(world.weavers.scope).exists()
    assert (weaving.shipping_minor, order.shipping_minor) == (sent, sent)


def test_a_checkout_keeps_the_offer_of_its_beginning(world: World) -> None:
    offer(world.growers)
    attempt = world.begun(honey=1)
    set_pickup(cooperative=world.growers, terms=PickupTerms(is_offered=False), by=BY)
    attempt = checkout.choose_delivery(attempt=attempt, option_id="pickup")
    assert attempt.shipping_minor == 0
    assert "pickup" not in {option["id"] for option in world.begun(honey=1).options}


def test_with_the_code_it_has_arrived_and_only_once(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=2), world.growers)
    code = collection_of(part).code
    collect.mark_ready(vendor_order=part, by=BY)
    collect.mark_ready(vendor_order=part, by=BY)
    assert DomainEvent.objects.filter(name="OrderReadyToCollect").count() == 1
    with pytest.raises(IsCollected):
        ship.ship_parcel(vendor_order=part, lines=part.quantities_left, by=BY)
    collect.hand_over(vendor_order=part, code=code, by=BY)
    parcel = part.parcels.get()
    assert parcel.state == ParcelState.DELIVERED
    assert DeliveryEvidence.objects.within(part.cooperative.scope).get().kind == "buyer"
    told = DomainEvent.objects.get(name="ParcelDelivered").payload
    assert (told["goods_minor"], told["shipping_minor"]) == (19_000, 0)
    assert collection_of(part).code == ""
    with pytest.raises(WrongState):
        collect.hand_over(vendor_order=part, code=code, by=BY)


def test_guessing_ends(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=1), world.growers)
    code = collection_of(part).code
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(collect.MOST_WRONG - 1):
        with pytest.raises(PickupCodeWrong):
            collect.hand_over(vendor_order=part, code=wrong, by=BY)
    for typed in (wrong, code):
        with pytest.raises(PickupCodeLocked):
            collect.hand_over(vendor_order=part, code=typed, by=BY)
    assert not part.parcels.exists()


def test_without_the_code_no_money_is_released(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=1), world.growers)
    with pytest.raises(ReasonNeeded):
        collect.hand_over_without_code(vendor_order=part, reason=" ", by=BY)
    collect.hand_over_without_code(vendor_order=part, reason="Carte d'identité vue", by=BY)
    assert part.parcels.get().state == ParcelState.SHIPPED
    assert not DomainEvent.objects.filter(name="ParcelDelivered").exists()
    collect.hand_over(vendor_order=part, code=collection_of(part).code, by=BY)
    assert part.parcels.get().state == ParcelState.DELIVERED


def test_what_was_cancelled_is_not_handed_over(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=1), world.growers)
    collect.mark_ready(vendor_order=part, by=BY)
    cancel_vendor_order(vendor_order=part, reason="not collected", by=BY)
    with pytest.raises(WrongState):
        collect.hand_over(vendor_order=part, code=collection_of(part).code, by=BY)
