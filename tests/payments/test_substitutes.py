"""What is offered instead of a refused product: ordered once, for no more than was paid for that.

Honey costs 95.00 a piece, of which five are bought; the growers' soap usually costs 60.00.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.worker import work_off
from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    PriceOffer,
    PriceOfferState,
    Refusal,
)
from marketplace.orders.price_offer_errors import (
    NoSuchPriceOffer,
    PriceOfferNotInStock,
    PriceOfferOver,
    PriceOfferTaken,
)
from marketplace.orders.price_offers import substitute_in
from marketplace.orders.refusal_errors import SubstituteWrong
from marketplace.orders.services import checkout, price_offers, refuse
from marketplace.orders.services.substitutes import Instead, fitting_unit, offered_by
from marketplace.payments import services
from marketplace.saleor import ids
from marketplace.saleor.client import StockInput
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.orders.agreeing import CARD, begun
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, PARIS, World, sell
from tests.payments.refund_world import refunds
from tests.payments.refusing import HONEY, bought, line_of, paid_back, settled, stock_of, total
from tests.payments.substituting import SOAP, refuse_for, soap_of
from vendors.scoping import Crossing

__all__ = ["made_world", "settled", "world"]

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def soap(world: World) -> UUID:
    return soap_of(world)


def offers() -> list[PriceOffer]:
    return list(PriceOffer.objects.crossing(Crossing.POLICY))


def ordered(offer: PriceOffer) -> Order:
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    return checkout.complete(attempt=attempt)


def set_stock(world: World, variant: UUID, quantity: int) -> None:
    warehouse = ids.global_id(ids.WAREHOUSE, world.growers.pk)
    app_client().update_variant_stocks(
        ids.global_id(ids.VARIANT, variant), [StockInput(warehouse=warehouse, quantity=quantity)]
    )
    work_off()


def test_the_money_goes_back_and_the_other_product_costs_no_more(world: World, soap: UUID) -> None:
    part = bought(world, honey=5)

    refusal = refuse_for(part, 2, world.other_manager, Instead(soap, 3, 5_000))

    (offer,) = offers()
    assert refusal.lines.get().substitute_id == offer.pk
    assert (offer.total_minor, offer.usual_unit_minor) == (15_000, SOAP)
    assert paid_back() == 2 * HONEY
    order = ordered(offer)
    own = world.part(order, world.growers)
    assert (order.total_minor, order.shipping_minor) == (15_000, 0)
    # The carrier's price is the cooperative's.
    assert own.waived_minor > 0
    assert paid_back() == 2 * HONEY
    with pytest.raises(PriceOfferTaken):
        price_offers.basket_for(offer=offer, language="fr")


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [(1, SOAP), (2, SOAP), (3, SOAP), (4, 2 * HONEY // 4)],
)
def test_without_a_price_it_is_the_usual_one_if_that_fits(
    world: World, soap: UUID, quantity: int, unit: int
) -> None:
    part = bought(world, honey=5)

    refuse_for(part, 2, world.other_manager, Instead(soap, quantity))

    assert [offer.unit_minor for offer in offers()] == [unit]


@given(
    usual=st.integers(1, 10**7),
    worth=st.integers(0, 10**7),
    quantity=st.integers(1, 10_000),
    wanted=st.none() | st.integers(-5, 10**7),
)
def test_no_price_is_above_what_was_paid(
    usual: int, worth: int, quantity: int, wanted: int | None
) -> None:
    unit = fitting_unit(wanted, usual_minor=usual, worth_minor=worth, quantity=quantity)
    if unit is None:
        asked = 1 if wanted is None else wanted
        assert asked <= 0 or asked * quantity > worth
    else:
        assert 0 < unit * quantity <= worth
        assert unit == wanted or (wanted is None and unit <= usual)


@pytest.mark.parametrize(
    ("product", "quantity", "unit", "field"),
    [
        ("soap", 3, 6_334, "price"),
        ("soap", 1, 0, "price"),
        ("soap", 0, None, "quantity"),
        ("soap", -1, None, "quantity"),
        ("soap", 11, 1, "quantity"),
        ("honey", 1, None, "variant"),
        ("rug", 1, None, "variant"),
        ("", 1, None, "variant"),
    ],
)
def test_what_cannot_be_offered_refuses_nothing(
    world: World, soap: UUID, product: str, quantity: int, unit: int | None, field: str
) -> None:
    part = bought(world, honey=5)
    named = {"soap": soap, "honey": world.honey, "rug": world.rug, "": uuid4()}

    with pytest.raises(SubstituteWrong) as wrong:
        refuse_for(part, 2, world.other_manager, Instead(named[product], quantity, unit))

    assert list(wrong.value.errors) == [field]
    assert line_of(part).quantity_refused == 0
    assert (offers(), refunds().count()) == ([], 0)


def test_a_voucher_lowers_what_the_other_product_may_cost(world: World, soap: UUID) -> None:
    part = bought(world, honey=5)
    line = line_of(part)
    type(line).objects.crossing(Crossing.POLICY).filter(pk=line.pk).update(
        total_minor=line.total_minor - 5_000, discount_minor=5_000
    )

    with pytest.raises(SubstituteWrong):
        refuse_for(part, 2, world.other_manager, Instead(soap, 3, 6_000))


def test_only_what_is_in_stock_and_its_own_is_proposed(world: World, soap: UUID) -> None:
    part = bought(world, honey=5)
    assert {each.variant_id for each in offered_by(part)} == {soap, world.honey}
    set_stock(world, soap, 0)
    assert {each.variant_id for each in offered_by(part)} == {world.honey}


def test_two_lines_do_not_share_the_same_pieces(world: World, soap: UUID) -> None:
    oil = sell(world.growers, "Huile", "زيت", "oils", {"ma-mad": 9_000}, 5, 500)
    world.oil = oil  # type: ignore[attr-defined]
    order = world.placed(honey=2, oil=2)
    services.capture_payments(order_id=order.pk)
    part = world.part(order, world.growers)
    wanted = {
        line.pk: refuse.Refused(2, "sold_out", Instead(soap, 6, 100)) for line in part.lines.all()
    }

    with pytest.raises(SubstituteWrong):
        services.refuse_as_member(
            vendor_order=part, refused=wanted, note="", key=uuid4(), seen=None,
            by=world.other_manager.actor,
        )  # fmt: skip
    assert offers() == []


def test_after_its_last_day_it_is_neither_begun_nor_paid(world: World, soap: UUID) -> None:
    part = bought(world, honey=5)
    refuse_for(part, 2, world.other_manager, Instead(soap, 1))
    (offer,) = offers()
    assert offer.valid_until == timezone.localdate() + WEEK
    with time_machine.travel(timezone.now() + WEEK, tick=True):
        attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    with time_machine.travel(timezone.now() + WEEK + timedelta(days=1), tick=True):
        with pytest.raises(PriceOfferOver):
            checkout.pay(attempt=attempt, method="card", data=CARD)
        with pytest.raises(PriceOfferOver):
            price_offers.basket_for(offer=offer, language="fr")
        with pytest.raises(PriceOfferOver):
            price_offers.decline(offer=offer, by=BY)
    assert Order.objects.count() == 1
    assert paid_back() == 2 * HONEY


def test_what_is_sold_out_meanwhile_is_said_and_nothing_is_charged(
    world: World, soap: UUID
) -> None:
    part = bought(world, honey=5)
    refuse_for(part, 2, world.other_manager, Instead(soap, 3))
    (offer,) = offers()
    set_stock(world, soap, 2)

    with pytest.raises(PriceOfferNotInStock):
        price_offers.basket_for(offer=offer, language="fr")
    assert not CheckoutAttempt.objects.exclude(order_id=part.order_id).exists()
    set_stock(world, soap, 3)
    assert ordered(offer).total_minor == offer.total_minor


def test_another_orders_offer_is_nobodys(world: World, soap: UUID) -> None:
    part, other = bought(world, honey=5), bought(world, honey=1)
    refuse_for(part, 2, world.other_manager, Instead(soap, 1))
    (offer,) = offers()

    assert substitute_in(part.order_id, offer.pk) == offer
    for order_id, offer_id in ((other.order_id, offer.pk), (part.order_id, uuid4())):
        with pytest.raises(NoSuchPriceOffer):
            substitute_in(order_id, offer_id)


def test_delivery_is_free_in_the_country_of_the_order_alone(world: World) -> None:
    soap = sell(world.growers, "Savon", "صابون", "soaps", {"eu-eur": 700}, 10, 100)
    attempt = checkout.start(
        basket=world.basket(market="eu", honey=2), email="camille@example.org", phone=PARIS.phone,
        address=PARIS, language="fr",
    )  # fmt: skip
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=attempt)
    services.capture_payments(order_id=order.pk)
    refuse_for(world.part(order, world.growers), 1, world.other_manager, Instead(soap, 1))
    (offer,) = offers()
    basket = price_offers.basket_for(offer=offer, language="fr")

    def begun_at(**there: str) -> CheckoutAttempt:
        return checkout.start(
            basket=basket, email="camille@example.org", phone=PARIS.phone,
            address=PARIS.model_copy(update=there), language="fr",
        )  # fmt: skip

    assert begun_at().shipping_minor == 0
    assert begun_at(country_code="BE", postal_code="1000", city="Bruxelles").shipping_minor > 0


@pytest.mark.parametrize("lost", ["before", "after"])
def test_after_a_crash_there_is_one_offer(
    world: World, soap: UUID, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    part, key = bought(world, honey=5), uuid4()
    where = "engine_returns.app_client" if lost == "before" else "engine_returns.accepted"
    with monkeypatch.context() as broken:
        broken.setattr(f"marketplace.orders.services.{where}", _unreachable)
        with pytest.raises(EngineUnavailable):
            refuse_for(part, 2, world.other_manager, Instead(soap, 1), key=key)

    again = refuse_for(part, 2, world.other_manager, Instead(soap, 2), key=key)
    refuse.finish_refusals()

    assert again.pk == key
    assert [offer.quantity for offer in offers()] == [1]
    assert paid_back() == 2 * HONEY
    assert stock_of(world, "honey") == (18, 3)


def _unreachable(*_args: object) -> None:
    raise EngineUnavailable


def test_cash_is_collected_for_what_is_sent_and_what_is_taken(world: World, soap: UUID) -> None:
    part = bought(world, honey=5, method="cod")
    before = total(part)
    refuse_for(part, 2, world.other_manager, Instead(soap, 1))
    (offer,) = offers()
    attempt = begun(price_offers.basket_for(offer=offer, language="fr"))
    assert checkout.pay(attempt=attempt, method="cod", data={}).is_settled
    order = checkout.complete(attempt=attempt)

    refusal = Refusal.objects.crossing(Crossing.POLICY).get()
    assert before - refusal.amount_minor + order.total_minor <= before
    assert paid_back() == 0


def test_the_buyer_is_told_what_she_may_choose_and_until_when(world: World, soap: UUID) -> None:
    part = bought(world, honey=5)
    work_off()
    mail.outbox.clear()

    refuse_for(part, 2, world.other_manager, Instead(soap, 2, 4_500))
    work_off()

    body = next(str(sent.body) for sent in mail.outbox if "2 × Savon" in str(sent.body))
    assert "90,00" in body
    assert "190,00" in body
    assert "#instead" in body


def test_declined_it_is_not_ordered(world: World, soap: UUID) -> None:
    refuse_for(bought(world, honey=5), 2, world.other_manager, Instead(soap, 1))
    (offer,) = offers()
    price_offers.decline(offer=offer, by=BY)
    with pytest.raises(PriceOfferOver):
        price_offers.basket_for(offer=offer, language="fr")
    assert offers()[0].state == PriceOfferState.DECLINED
