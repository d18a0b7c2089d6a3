"""An offer to one buyer becomes an order at its price, once, and only while it is open."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from catalog.models import ListingPage
from marketplace.core.actors import Actor
from marketplace.embedded.models import Checkout, Reservation
from marketplace.orders.errors import EmptyBasket, NotForSale
from marketplace.orders.models import (
    Basket,
    Order,
    PriceOffer,
    PriceOfferState,
    VoucherKind,
)
from marketplace.orders.price_offer_errors import (
    PriceOfferBeingPaid,
    PriceOfferNotInStock,
    PriceOfferOver,
    PriceOfferTaken,
    PriceOfferWrong,
)
from marketplace.orders.price_offers import delivery_minor, offer_of_order, sold_as
from marketplace.orders.services import checkout, price_offers
from marketplace.orders.services.checkout.covered import is_covered
from marketplace.orders.services.set_free_delivery import set_free_delivery
from marketplace.orders.services.vouchers import NewVoucher, enter_voucher, make_voucher
from tests.orders.agreeing import CARD, begun, offered
from tests.orders.world import World, sell
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
WITH_CODE, CODE = "4000 0025 0000 3155", "123456"


def ordered(basket: Basket) -> Order:
    attempt = begun(basket)
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    return checkout.complete(attempt=attempt)


def test_the_order_has_the_price_and_the_quantity_of_the_offer(world: World) -> None:
    offer = offered(world)
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    assert (attempt.goods_minor, attempt.price_offer_id) == (18 * 8_000, offer.pk)
    engine = Checkout.objects.latest("created_at")
    line = engine.lines.get()
    assert (line.quantity, line.price_override_minor) == (18, 8_000)

    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=attempt)
    assert order.goods_minor == 18 * 8_000
    part = world.part(order, world.growers)
    assert part.lines.get().unit_minor == 8_000
    assert order.discount_minor == 0
    found = offer_of_order(order.pk)
    assert found is not None
    assert (found.pk, found.state) == (offer.pk, PriceOfferState.TAKEN)


def test_what_is_offered_is_kept_from_others_once(world: World) -> None:
    basket = price_offers.basket_for(offer=offered(world, quantity=3), language="fr")
    # when the address is given twice, and the line is written anew before the payment
    begun(basket)
    attempt = begun(basket)
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    line = Checkout.objects.latest("created_at").lines.get()
    assert (line.quantity, line.price_override_minor) == (3, 8_000)
    reserved = Reservation.objects.filter(checkout_line=line)
    assert reserved.aggregate(units=Sum("quantity_reserved"))["units"] == 3


def test_delivery_is_free_from_a_sum_at_the_price_of_the_offer(world: World) -> None:
    # eighteen jars cost 1,440 DH in this offer, and 1,710 DH in the shop
    set_free_delivery(cooperative=world.growers, wanted={"ma": 160_000}, by=BY)
    offer = offered(world)
    sold = sold_as(offer)
    assert sold is not None
    told = delivery_minor(offer, sold)
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    assert told is not None
    assert attempt.shipping_minor == told > 0


def test_a_voucher_is_entered_at_the_price_of_the_offer(world: World) -> None:
    now = timezone.now()
    wanted = NewVoucher(
        code="MIEL10",
        name="Saison",
        kind=VoucherKind.PERCENT,
        percent=10,
        markets=[("ma", None, 0)],
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=9),
    )
    make_voucher(cooperative=world.growers, wanted=wanted, by=BY)
    basket = price_offers.basket_for(offer=offered(world, quantity=2), language="fr")
    applied = enter_voucher(basket=basket, code="MIEL10")
    assert sum(applied.off.values()) == 1_600
    attempt = begun(basket)
    assert (attempt.discount_minor, attempt.goods_minor) == (1_600, 14_400)


def test_two_windows_share_one_basket_and_make_one_order(world: World) -> None:
    offer = offered(world, quantity=3)
    first = price_offers.basket_for(offer=offer, language="fr")
    again = price_offers.basket_for(offer=offer, language="ar")
    assert first.pk == again.pk
    here, there = begun(first), begun(again)
    assert here.pk == there.pk
    for attempt in (here, there):
        assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    assert checkout.complete(attempt=here).pk == checkout.complete(attempt=there).pk
    with pytest.raises(PriceOfferTaken):
        price_offers.basket_for(offer=offer, language="fr")
    with pytest.raises((PriceOfferTaken, EmptyBasket)):
        begun(Basket.objects.get(pk=first.pk))
    assert Order.objects.count() == 1


def test_another_checkout_cannot_pay_what_is_being_paid(world: World) -> None:
    offer = offered(world, quantity=2)
    basket = price_offers.basket_for(offer=offer, language="fr")
    attempt = begun(basket)
    # The basket has lapsed and another was made: two checkouts of one offer.
    basket.delete()
    other = begun(price_offers.basket_for(offer=offer, language="fr"))
    assert other.pk != attempt.pk
    attempt.refresh_from_db()
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    with pytest.raises(PriceOfferTaken):
        checkout.pay(attempt=other, method="card", data=CARD)
    for act in (price_offers.withdraw, price_offers.decline):
        with pytest.raises(PriceOfferBeingPaid):
            act(offer=offer, by=BY)
    with pytest.raises(PriceOfferBeingPaid):
        offered(world)
    checkout.complete(attempt=attempt)
    with pytest.raises(PriceOfferTaken):
        checkout.pay(attempt=other, method="card", data=CARD)


@pytest.mark.parametrize("end", ["withdrawn", "declined", "replaced", "expired"])
def test_an_offer_that_is_over_is_neither_begun_nor_paid(world: World, end: str) -> None:
    offer = offered(world, quantity=2)
    basket = price_offers.basket_for(offer=offer, language="fr")
    attempt, later = begun(basket), timedelta()
    if end == "withdrawn":
        price_offers.withdraw(offer=offer, by=BY)
    elif end == "declined":
        price_offers.decline(offer=offer, by=BY)
    elif end == "replaced":
        assert offered(world, quantity=4).version == 2
    else:
        later = timedelta(days=15)
    with time_machine.travel(timezone.now() + later):
        with pytest.raises(PriceOfferOver):
            price_offers.basket_for(offer=offer, language="fr")
        with pytest.raises(PriceOfferOver):
            checkout.pay(attempt=attempt, method="card", data=CARD)
        with pytest.raises(PriceOfferOver):
            begun(Basket.objects.get(pk=basket.pk))
    assert not Order.objects.exists()


def test_what_was_changed_at_the_engine_is_written_anew_before_the_payment(world: World) -> None:
    attempt = begun(price_offers.basket_for(offer=offered(world, quantity=5), language="fr"))
    line = Checkout.objects.latest("created_at").lines.get()
    line.quantity, line.price_override_minor = 20, 1
    line.save()
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    line.refresh_from_db()
    assert (line.quantity, line.price_override_minor) == (5, 8_000)
    order = checkout.complete(attempt=attempt)
    assert (order.goods_minor, world.part(order, world.growers).lines.get().quantity) == (40_000, 5)


def test_more_than_is_in_stock_waits_for_the_stock(world: World) -> None:
    with pytest.raises(PriceOfferNotInStock):
        price_offers.basket_for(offer=offered(world, quantity=60), language="fr")
    assert not Basket.objects.exists()


def test_a_product_that_is_no_longer_sold_is_said(world: World) -> None:
    offer = offered(world, quantity=2)
    ListingPage.objects.filter(listing_id=offer.listing_id).update(is_published=False)
    with pytest.raises(NotForSale):
        price_offers.basket_for(offer=offer, language="fr")


def test_another_cooperatives_product_is_not_offered(world: World) -> None:
    with pytest.raises(NotForSale):
        offered(world, variant_id=world.rug)


@pytest.mark.parametrize(
    ("field", "value"),
    [("quantity", 0), ("quantity", 10_001), ("unit_minor", 0), ("valid_until", "past")],
)
def test_an_offer_says_what_is_wrong_with_it(world: World, field: str, value: Any) -> None:
    given = timezone.localdate() - timedelta(days=1) if value == "past" else value
    with pytest.raises(PriceOfferWrong):
        offered(world, **{field: given})
    assert not PriceOffer.objects.crossing(Crossing.POLICY).exists()


def test_more_than_a_hundred_are_sold_at_once(world: World) -> None:
    soap = sell(world.growers, "Savon", "صابون", "honey", {"ma-mad": 9_500}, 400, 100)
    offer = offered(world, variant_id=soap, quantity=300)
    order = ordered(price_offers.basket_for(offer=offer, language="fr"))
    assert order.goods_minor == 300 * 8_000


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_the_banks_code_typed_after_the_offer_is_over_charges_nothing(
    world: World, end: str
) -> None:
    """The first step holds the offer for half an hour: then the cooperative may withdraw it."""
    offer = offered(world, quantity=2)
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    asked = checkout.pay(attempt=attempt, method="card", data={"number": WITH_CODE})
    assert not asked.is_settled
    with pytest.raises(PriceOfferBeingPaid):
        price_offers.withdraw(offer=offer, by=BY)

    later = timedelta(days=15) if end == "expired" else timedelta(minutes=31)
    with time_machine.travel(timezone.now() + later):
        if end == "withdrawn":
            price_offers.withdraw(offer=offer, by=BY)
        with pytest.raises(PriceOfferOver):
            checkout.process_payment(attempt=attempt, data={"code": CODE})
        with pytest.raises(PriceOfferOver):
            checkout.pay(attempt=attempt, method="card", data=CARD)

    attempt.refresh_from_db()
    assert not is_covered(attempt)
    assert not Order.objects.exists()


def test_the_banks_code_within_half_an_hour_makes_the_order_of_an_offer_that_lapsed(
    world: World,
) -> None:
    """At five to midnight of its last day the payment begins, at five past the code is typed."""
    offer = offered(world, quantity=2)
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    checkout.pay(attempt=attempt, method="card", data={"number": WITH_CODE})
    today = timezone.localdate()
    PriceOffer.objects.crossing(Crossing.POLICY).update(valid_until=today - timedelta(days=1))

    assert checkout.process_payment(attempt=attempt, data={"code": CODE}).is_settled

    assert checkout.complete(attempt=attempt).goods_minor == 16_000
