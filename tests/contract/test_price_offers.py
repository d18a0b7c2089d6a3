"""A price for one buyer: our App writes it on the line, the buyer goes on, strangers cannot."""

from typing import Any

import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.vouchers import enter, make
from tests.contract.world import ADDRESS, Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]
AGREED = "80.00"


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


@pytest.fixture
def reserving(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market, reserve_minutes=30)


def wanted(shop: Shop, quantity: int, **more: Any) -> dict[str, Any]:
    return {
        "channel": shop.market.channel_slug,
        "email": "buyer@example.org",
        "lines": [{"variantId": shop.oil.variant, "quantity": quantity, **more}],
        "shippingAddress": ADDRESS,
        "billingAddress": ADDRESS,
        "languageCode": "FR",
    }


def made_by_the_app(shop: Shop, quantity: int) -> dict[str, Any]:
    given = wanted(shop, quantity, price=AGREED)
    payload: dict[str, Any] = shop.engine.as_app("CreateCheckout", input=given)["checkoutCreate"]
    return payload


def changed_by_the_app(shop: Shop, checkout: str, **line: Any) -> dict[str, Any]:
    lines = [{"variantId": shop.oil.variant, **line}]
    payload = shop.app_done("UpdateCheckoutLines", id=checkout, lines=lines)
    return dict(payload["checkout"])


def test_a_price_of_the_app_stays_until_the_order(shop: Shop) -> None:
    made = made_by_the_app(shop, 3)
    assert made["errors"] == []
    checkout = made["checkout"]
    assert fractional(checkout["subtotalPrice"]["gross"]) == 3 * 8000
    # when the buyer goes on without a token, the price stays
    options = shop.done("CalculateDeliveryOptions", id=checkout["id"])["deliveries"]
    chosen = shop.done(
        "UpdateCheckoutDeliveryMethod", id=checkout["id"], deliveryMethodId=options[0]["id"]
    )["checkout"]
    assert fractional(chosen["subtotalPrice"]["gross"]) == 3 * 8000
    assert shop.pay(checkout["id"])["errors"] == []
    payload = shop.complete(checkout["id"])
    assert payload["errors"] == []
    order = shop.seen(payload["order"]["id"])
    (line,) = order["lines"]
    assert fractional(line["unitPrice"]["gross"]) == 8000


def test_a_quantity_changed_by_a_stranger_is_set_back_by_the_app(shop: Shop) -> None:
    checkout = made_by_the_app(shop, 3)["checkout"]["id"]
    lines = [{"variantId": shop.oil.variant, "quantity": 1}]
    changed = shop.engine.buyer("UpdateCheckoutLines", id=checkout, lines=lines)
    assert changed["checkoutLinesUpdate"]["errors"] == []
    lines = [{"variantId": shop.oil.variant, "quantity": 3, "price": AGREED}]
    again = shop.engine.as_app("UpdateCheckoutLines", id=checkout, lines=lines)
    found = again["checkoutLinesUpdate"]["checkout"]
    assert [line["quantity"] for line in found["lines"]] == [3]
    assert fractional(found["subtotalPrice"]["gross"]) == 3 * 8000


def test_a_limit_of_the_shop_holds_for_the_app_too(shop: Shop) -> None:
    refused = made_by_the_app(shop, 51)
    assert codes(refused) == ["QUANTITY_GREATER_THAN_LIMIT"]


def test_even_a_null_price_is_refused_to_who_may_not_set_prices(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        shop.checkout(lines=wanted(shop, 2, price=None)["lines"])
    assert refused.value.codes == ["PermissionDenied"]
    checkout = shop.checkout((shop.oil, 2))["checkout"]["id"]
    lines = [{"variantId": shop.oil.variant, "quantity": 3, "price": None}]
    with pytest.raises(Refused) as refused:
        shop.engine.buyer("UpdateCheckoutLines", id=checkout, lines=lines)
    assert refused.value.codes == ["PermissionDenied"]


def test_a_null_of_the_app_gives_the_list_price_back(shop: Shop) -> None:
    checkout = made_by_the_app(shop, 3)["checkout"]["id"]
    found = changed_by_the_app(shop, checkout, price=None)
    assert fractional(found["subtotalPrice"]["gross"]) == 3 * 18_000


def test_a_price_of_its_own_call_stays_with_what_is_reserved(reserving: Shop) -> None:
    shop = reserving
    checkout = made_by_the_app(shop, 10)["checkout"]["id"]
    assert shop.left(shop.oil) == 0
    # when the quantity is written anew, and then the price
    changed_by_the_app(shop, checkout, quantity=10)
    found = changed_by_the_app(shop, checkout, price=AGREED)
    # then all ten are still reserved once, at that price
    assert [line["quantity"] for line in found["lines"]] == [10]
    assert fractional(found["subtotalPrice"]["gross"]) == 10 * 8000
    assert found["stockReservationExpires"] is not None
    assert shop.left(shop.oil) == 0
    # and a price on another line's place is the list's until it is set
    changed_by_the_app(shop, checkout, quantity=0)
    again = changed_by_the_app(shop, checkout, quantity=4)
    assert fractional(again["subtotalPrice"]["gross"]) == 4 * 18_000
    assert shop.left(shop.oil) == 6


def test_a_quantity_and_a_price_at_once_keep_twice_as_much_from_others(reserving: Shop) -> None:
    shop = reserving
    checkout = made_by_the_app(shop, 3)["checkout"]["id"]
    assert shop.left(shop.oil) == 7
    changed_by_the_app(shop, checkout, quantity=3, price=AGREED)
    assert shop.left(shop.oil) == 4
    # until they are set one after the other
    changed_by_the_app(shop, checkout, quantity=3)
    changed_by_the_app(shop, checkout, price=AGREED)
    assert shop.left(shop.oil) == 7


def test_a_voucher_is_taken_off_the_price_of_the_app(shop: Shop) -> None:
    _, code = make(shop, shop.oil, value="15")
    checkout = made_by_the_app(shop, 3)["checkout"]["id"]
    seen = enter(shop, checkout, code)["checkout"]
    assert fractional(seen["subtotalPrice"]["gross"]) == 3 * 6800
    (line,) = seen["lines"]
    assert fractional(line["undiscountedTotalPrice"]) == 3 * 8000
