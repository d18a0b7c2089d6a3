"""Many buyers at once: one unit is sold once, one checkout is one order."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tests.contract.buying import Shop, codes, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import Market, Product

pytestmark = [pytest.mark.contract, pytest.mark.django_db(transaction=True)]
RACERS = 20


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def race(tasks: list[Any]) -> list[Any]:
    """Run the tasks in threads of their own, all at once; return their answers."""

    def run(task: Any) -> Any:
        try:
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return list(pool.map(run, tasks))


def reserve(shop: Shop, product: Product) -> dict[str, Any]:
    """Start a checkout; a real engine calls some of its refusals a failure of its own."""
    try:
        return shop.checkout((product, 1))
    except Refused as refused:
        if not shop.engine.is_real or refused.codes != ["InsufficientStock"]:
            raise
        return {"checkout": None, "errors": [{"code": "INSUFFICIENT_STOCK"}]}


def test_twenty_buyers_complete_for_the_last_unit(shop: Shop) -> None:
    if shop.engine.is_real:
        pytest.skip("a real engine oversells here: so the set-up reserves, as the next test does")
    # given twenty paid checkouts for the one unit that is left
    last = shop.market.add_product(shop.market.cooperatives[0], "Dernier", price=90, quantity=1)
    checkouts = [shop.ready((last, 1)) for _ in range(RACERS)]
    for checkout in checkouts:
        shop.pay(checkout)
    # when all complete at once
    answers = race([lambda key=key: shop.complete(key) for key in checkouts])
    # then one has an order, and nineteen a clear refusal that names the variant
    assert sum(1 for each in answers if each["order"]) == 1
    refused = [each for each in answers if not each["order"]]
    assert [codes(each) for each in refused] == [["INSUFFICIENT_STOCK"]] * (RACERS - 1)
    assert all(each["errors"][0]["variants"] == [last.variant] for each in refused)
    assert shop.stock(last) == (1, 1)


def test_twenty_buyers_reserve_the_last_unit(engine: Engine, market: Market) -> None:
    # given a shop that reserves, and one unit
    shop = open_shop(engine, market, reserve_minutes=30)
    last = market.add_product(market.cooperatives[0], "Dernier", price=90, quantity=1)
    # when twenty start a checkout at once
    answers = race([lambda: reserve(shop, last) for _ in range(RACERS)])
    # then one has it, for a time, and the others hear it at once
    won = [each["checkout"] for each in answers if each["checkout"]]
    assert len(won) == 1
    assert won[0]["stockReservationExpires"] is not None
    refused = [codes(each) for each in answers if not each["checkout"]]
    assert refused == [["INSUFFICIENT_STOCK"]] * (RACERS - 1)
    assert shop.left(last) == 0
    # and that one can be bought
    checkout = won[0]["id"]
    options = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
    shop.done("UpdateCheckoutDeliveryMethod", id=checkout, deliveryMethodId=options[0]["id"])
    shop.pay(checkout)
    assert codes(shop.complete(checkout)) == []
    assert shop.stock(last) == (1, 1)


def test_one_checkout_completed_many_times_at_once_is_one_order(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 2), (shop.rug, 1))
    shop.pay(checkout)
    answers = race([lambda: shop.complete(checkout) for _ in range(8)])
    assert [codes(each) for each in answers] == [[]] * 8
    assert len({each["order"]["id"] for each in answers}) == 1
    assert shop.stock(shop.oil) == (10, 2)


def test_checkouts_of_the_same_products_in_another_order_do_not_lock_each_other(shop: Shop) -> None:
    checkouts = []
    for number in range(6):
        wanted = [(shop.oil, 1), (shop.rug, 1)]
        checkouts.append(shop.ready(*(wanted if number % 2 else reversed(wanted))))
        shop.pay(checkouts[-1])
    answers = race([lambda key=key: shop.complete(key) for key in checkouts])
    made = [each for each in answers if each["order"]]
    if shop.engine.is_real:  # it oversells without reservations; that it answers is what counts
        assert len(made) >= 3
        return
    assert len(made) == 3
    assert shop.stock(shop.rug) == (3, 3)
    assert shop.stock(shop.oil) == (10, 3)


def test_a_granted_refund_asked_for_many_times_is_paid_once(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    granted = shop.app_done(
        "GrantRefund", id=order["id"], input={"transactionId": transaction, "amount": 30}
    )["grantedRefund"]["id"]
    answers = race(
        [
            lambda: shop.engine.as_app(
                "RequestGrantedRefund", id=transaction, grantedRefundId=granted
            )
            for _ in range(5)
        ]
    )
    payloads = [each["transactionRequestRefundForGrantedRefund"] for each in answers]
    if shop.engine.is_real:
        # It lets all of them through: the App pays once because each names the same grant.
        heard = shop.engine.app.of
        shop.engine.delivered(lambda: bool(heard("transaction_refund_requested")))
        named = {each["grantedRefund"]["id"] for each in heard("transaction_refund_requested")}
        assert named == {granted}
        return
    assert sum(1 for each in payloads if not each["errors"]) == 1
    assert len(shop.engine.app.of("transaction_refund_requested")) == 1
    assert shop.seen(order["id"])["totalRefunded"]["fractionalAmount"] == 3000
