"""At the same moment: an offer paid twice and withdrawn, one code typed at two counters."""

import pytest

from marketplace.core.models import AuditEntry
from marketplace.orders.errors import WrongState
from marketplace.orders.models import (
    Order,
    ParcelState,
    PriceOffer,
    PriceOfferState,
)
from marketplace.orders.price_offer_errors import (
    PriceOfferBeingPaid,
    PriceOfferOver,
    PriceOfferTaken,
)
from marketplace.orders.services import collect, price_offers
from marketplace.payments.models import Payment
from tests.concurrency import at_once
from tests.orders.agreeing import begun, offered, paying
from tests.orders.collecting import bought, collection_of, offer
from tests.orders.one_rug import world
from tests.orders.world import BY, World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["world"]


def test_two_windows_pay_an_offer_once(world: World) -> None:
    made = offered(world, quantity=2)
    attempt = begun(price_offers.basket_for(offer=made, language="fr"))

    at_once(paying(attempt), paying(attempt))

    assert PriceOffer.objects.crossing(Crossing.POLICY).get().state == PriceOfferState.TAKEN
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)
    with pytest.raises(PriceOfferTaken):
        price_offers.withdraw(offer=made, by=BY)


def test_an_offer_is_paid_or_withdrawn_and_never_both(world: World) -> None:
    made = offered(world, quantity=2)
    attempt = begun(price_offers.basket_for(offer=made, language="fr"))

    refused = at_once(paying(attempt), lambda: price_offers.withdraw(offer=made, by=BY))

    now = PriceOffer.objects.crossing(Crossing.POLICY).get()
    (reason,) = (type(error) for error in refused)
    if now.state == PriceOfferState.TAKEN:
        assert reason in {PriceOfferBeingPaid, PriceOfferTaken}
        assert (Order.objects.count(), Payment.objects.count()) == (1, 1)
    else:
        assert (now.state, reason) == (PriceOfferState.WITHDRAWN, PriceOfferOver)
        assert (Order.objects.count(), Payment.objects.count()) == (0, 0)


def test_one_code_hands_an_order_over_once(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=1), world.growers)
    code = collection_of(part).code

    def hand_over() -> None:
        collect.hand_over(vendor_order=part, code=code, by=BY)

    refused = at_once(hand_over, hand_over, hand_over)

    assert [type(error) for error in refused] == [WrongState] * 2
    assert [parcel.state for parcel in part.parcels.all()] == [ParcelState.DELIVERED]
    assert AuditEntry.objects.filter(action="vendor_order.collected").count() == 1


def test_tries_side_by_side_are_counted_each(world: World) -> None:
    offer(world.growers)
    part = world.part(bought(world, honey=1), world.growers)
    code = collection_of(part).code
    wrong = "000000" if code != "000000" else "111111"

    def guess() -> None:
        collect.hand_over(vendor_order=part, code=wrong, by=BY)

    refused = at_once(*[guess] * 6)

    assert len(refused) == 6
    assert collection_of(part).wrong_tries == 6
