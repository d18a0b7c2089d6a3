"""At the same moment: an offer paid twice and withdrawn, one code typed at two counters."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.core.models import AuditEntry
from marketplace.orders.errors import WrongState
from marketplace.orders.models import (
    CheckoutAttempt,
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
from marketplace.orders.services import checkout, collect, price_offers
from marketplace.payments.models import Payment
from tests.concurrency import at_once
from tests.kept_worlds import kept
from tests.orders.agreeing import CARD, begun, offered
from tests.orders.collecting import bought, collection_of, offer
from tests.orders.world import BY, World, make_world
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.TEST_PAYMENTS = True
    return kept("one_rug", lambda: make_world(rugs=1))


def paying(attempt: CheckoutAttempt) -> Callable[[], None]:
    """Pays a checkout and places its order, in a window of its own."""

    def pay() -> None:
        own = CheckoutAttempt.objects.get(pk=attempt.pk)
        checkout.pay(attempt=own, method="card", data=CARD)
        checkout.complete(attempt=CheckoutAttempt.objects.get(pk=attempt.pk))

    return pay


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
