"""What a real Saleor does wrong, switched on; and what must hold while an App thinks."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.utils import timezone

from marketplace.embedded import fault_injection
from marketplace.embedded.models import Checkout, Order, Reservation, TransactionItem
from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell, session, taxes_included
from tests.contract.world import Market, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


@pytest.fixture
def last(shop: Shop) -> Product:
    return shop.market.add_product(shop.market.cooperatives[0], "Dernier", price=90, quantity=1)


def test_a_lost_reservation_sells_one_unit_twice(shop: Shop, last: Product) -> None:
    # given two paid checkouts for one unit
    checkouts = [shop.ready((last, 1)) for _ in range(2)]
    for checkout in checkouts:
        shop.pay(checkout)
    # when both complete while the fault is injected
    with fault_injection.inject("lost_reservation"):
        answers = [shop.complete(each) for each in checkouts]
    # then there are two orders for it, as a real Saleor makes them
    assert [codes(each) for each in answers] == [[], []]
    assert shop.stock(last) == (1, 2)


def test_without_the_fault_the_second_is_refused(shop: Shop, last: Product) -> None:
    checkouts = [shop.ready((last, 1)) for _ in range(2)]
    for checkout in checkouts:
        shop.pay(checkout)
    assert [codes(shop.complete(each)) for each in checkouts] == [[], ["INSUFFICIENT_STOCK"]]
    assert Order.objects.count() == 1


def test_a_missing_tax_answer_charges_without_an_order(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    Checkout.objects.update(prices_expire_at=None)
    with fault_injection.inject("tax_answer_missing"):
        assert shop.pay(checkout)["transactionEvent"]["type"] == "CHARGE_SUCCESS"
        assert codes(shop.complete(checkout)) == ["TAX_ERROR"]
    assert TransactionItem.objects.get().order is None
    # and once the App answers again, the same checkout completes
    assert codes(shop.complete(checkout)) == []


def test_a_stale_cache_repeats_the_former_shipping_prices(shop: Shop) -> None:
    checkout = shop.checkout((shop.oil, 1))["checkout"]["id"]

    def dearer(payload: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"id": "combined", "name": "X", "amount": "99", "currency": "MAD"}]

    with fault_injection.inject("stale_webhook_cache"):
        first = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
        shop.engine.app.answers["shipping_list_methods_for_checkout"] = dearer
        second = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
    assert second == first
    third = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
    assert [fractional(each["shippingMethod"]["price"]) for each in third] == [9900]


def test_a_retried_refund_request_may_come_without_its_body(shop: Shop) -> None:
    # given an App that fails once
    order = shop.order((shop.oil, 1))
    bodies: list[Any] = []

    def failing(payload: Any) -> Any:
        bodies.append(payload)
        return httpx.Response(503)

    shop.engine.app.answers["transaction_refund_requested"] = failing
    # when the request is repeated while the fault is injected
    with fault_injection.inject("empty_retried_body"):
        shop.app_done(
            "RequestTransactionAction",
            id=order["transactions"][0]["id"],
            action="REFUND",
            amount=10,
        )
    # then the second request had no body
    assert bodies[0]["action"]["amount"] == 10.0
    assert bodies[1] is None
    assert fractional(shop.seen(order["id"])["totalRefunded"]) == 0


def test_a_tax_answer_about_a_former_state_is_dropped(shop: Shop) -> None:
    # given a checkout whose quantity changes while the tax App thinks
    checkout = shop.checkout((shop.oil, 1))["checkout"]["id"]
    changed: list[bool] = []

    def slow(payload: dict[str, Any]) -> dict[str, Any]:
        if not changed:
            changed.append(True)
            query = (
                "mutation($id: ID!, $v: ID!) { checkoutLinesUpdate(id: $id,"
                " lines: [{variantId: $v, quantity: 3}]) { errors { code } } }"
            )
            shop.done(query, id=checkout, v=shop.oil.variant)
        return taxes_included(payload)

    shop.engine.app.answers["checkout_calculate_taxes"] = slow
    Checkout.objects.update(prices_expire_at=None)
    # when its price is read
    seen = shop.engine.as_app("CheckoutById", id=checkout)
    # then it is that of the new quantity
    assert fractional(seen["checkout"]["totalPrice"]["gross"]) == 54000


def test_money_that_arrives_after_the_order_was_made_is_the_order_s(shop: Shop) -> None:
    # given a channel that lets unpaid orders be made
    shop.engine.done(
        "mutation($id: ID!) { channelUpdate(id: $id,"
        " input: {orderSettings: {allowUnpaidOrders: true}}) { errors { code } } }",
        id=shop.market.channel,
    )
    checkout = shop.ready((shop.oil, 1))
    orders = []

    def slow(payload: dict[str, Any]) -> dict[str, Any]:
        orders.append(shop.complete(checkout)["order"]["id"])
        return session("CHARGE_SUCCESS")(payload)

    # when the checkout completes while the payment App thinks
    shop.engine.app.answers["transaction_initialize_session"] = slow
    paid = shop.pay(checkout)
    # then the money is the order's
    assert paid["transactionEvent"]["type"] == "CHARGE_SUCCESS"
    order = shop.seen(orders[0])
    assert order["chargeStatus"] == "FULL"
    assert [each["id"] for each in order["transactions"]] == [paid["transaction"]["id"]]


def test_a_reservation_ends_and_the_units_can_be_bought(shop: Shop, last: Product) -> None:
    shop.engine.done("UpdateShopSettings", input={"reserveStockDurationAnonymousUser": 30})
    assert codes(shop.checkout((last, 1))) == []
    assert codes(shop.checkout((last, 1))) == ["INSUFFICIENT_STOCK"]
    assert shop.left(last) == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        assert shop.left(last) == 1
        assert codes(shop.checkout((last, 1))) == []
    assert Reservation.objects.count() == 2


def test_variants_without_stock_keeping_are_always_there(shop: Shop, last: Product) -> None:
    shop.engine.done("UpdateVariant", id=last.variant, input={"trackInventory": False})
    order = shop.order((last, 5))
    assert order["lines"][0]["allocations"] == []
    assert shop.stock(last) == (1, 0)
