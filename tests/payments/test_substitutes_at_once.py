"""At the same moment: an offer made by two taps, and taken, declined or paid in two windows."""

from uuid import uuid4

import pytest

from marketplace.orders.models import (
    Order,
    PriceOffer,
    PriceOfferState,
    VendorOrder,
)
from marketplace.orders.price_offer_errors import (
    PriceOfferBeingPaid,
    PriceOfferOver,
    PriceOfferTaken,
)
from marketplace.orders.services import price_offers
from marketplace.orders.services.substitutes import Instead
from marketplace.payments.models import Payment
from tests.concurrency import at_once
from tests.orders.agreeing import begun, paying
from tests.orders.one_rug import world
from tests.orders.world import BY, World
from tests.payments.refusing import bought, settle
from tests.payments.substituting import refuse_for, soap_of
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["world"]


@pytest.fixture
def part(world: World) -> VendorOrder:
    settle(world.other_manager)
    return bought(world, honey=5)


def offer() -> PriceOffer:
    found: PriceOffer = PriceOffer.objects.crossing(Crossing.POLICY).get()
    return found


def test_two_taps_make_one_offer_which_two_windows_pay_once(
    world: World, part: VendorOrder
) -> None:
    key, instead = uuid4(), Instead(soap_of(world), 2)

    def refuse() -> None:
        refuse_for(part, 2, world.other_manager, instead, key=key)

    assert at_once(refuse, refuse, refuse) == []
    made = offer()

    baskets = at_once(*[lambda: price_offers.basket_for(offer=made, language="ar")] * 3)
    assert baskets == []
    attempt = begun(price_offers.basket_for(offer=made, language="ar"))
    at_once(paying(attempt), paying(attempt))

    assert offer().state == PriceOfferState.TAKEN
    # The order of before, and one more.
    assert (Order.objects.count(), Payment.objects.count()) == (2, 2)


def test_it_is_declined_or_paid_and_never_both(world: World, part: VendorOrder) -> None:
    refuse_for(part, 2, world.other_manager, Instead(soap_of(world), 2))
    made = offer()
    attempt = begun(price_offers.basket_for(offer=made, language="ar"))

    (error,) = at_once(paying(attempt), lambda: price_offers.decline(offer=made, by=BY))

    if offer().state == PriceOfferState.TAKEN:
        assert type(error) in {PriceOfferBeingPaid, PriceOfferTaken}
        assert Order.objects.count() == 2
    else:
        assert (offer().state, type(error)) == (PriceOfferState.DECLINED, PriceOfferOver)
        assert (Order.objects.count(), Payment.objects.count()) == (1, 1)


def test_two_members_who_refuse_offer_what_is_refused_alone(
    world: World, part: VendorOrder
) -> None:
    instead = Instead(soap_of(world), 1)

    def refuse() -> None:
        refuse_for(part, 4, world.other_manager, instead)

    assert len(at_once(refuse, refuse)) == 1
    assert PriceOffer.objects.crossing(Crossing.POLICY).count() == 1
