"""A price for one buyer: our App writes it on the line, the buyer goes on, strangers cannot."""

from typing import Any

import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import ADDRESS, Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]
AGREED = "80.00"


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def made_by_the_app(shop: Shop, quantity: int) -> dict[str, Any]:
    payload: dict[str, Any] = shop.engine.as_app(
        "CreateCheckout",
        input={
            "channel": shop.market.channel_slug,
            "email": "buyer@example.org",
            "lines": [{"variantId": shop.oil.variant, "quantity": quantity, "price": AGREED}],
            "shippingAddress": ADDRESS,
            "billingAddress": ADDRESS,
            "languageCode": "FR",
        },
    )["checkoutCreate"]
    return payload


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
