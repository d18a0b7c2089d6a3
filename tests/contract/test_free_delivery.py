"""Delivery free from a sum: the App is asked with the voucher, and a price of zero is kept."""

from typing import Any

import pytest

from tests.contract.buying import Shop, fractional, open_shop
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.vouchers import enter, make
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]
WAIVED = {"parcels": '[{"coop": "c1", "amount": 0, "waived": 35}]'}


def free_without_a_voucher(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """One method, free as long as no voucher takes the goods below the sum."""
    checkout = payload["checkout"]
    is_free = not checkout["voucherCode"]
    return [
        {
            "id": "standard",
            "name": "Livraison",
            "amount": "0" if is_free else "35",
            "currency": checkout["channel"]["currencyCode"],
            "metadata": WAIVED if is_free else {},
        }
    ]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    app = sell(app)
    app.answers["shipping_list_methods_for_checkout"] = free_without_a_voucher
    return app


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def test_a_free_delivery_stays_free_and_says_on_the_order_what_it_costs(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 2))
    paid = shop.pay(checkout)
    assert fractional(paid["transaction"]["chargedAmount"]) == 36_000
    order = shop.seen(shop.complete(checkout)["order"]["id"])
    assert fractional(order["total"]["gross"]) == 36_000
    assert fractional(order["shippingPrice"]["gross"]) == 0
    (item,) = order["deliveryMethod"]["metadata"]
    assert item == {"key": "parcels", "value": WAIVED["parcels"]}


def test_with_a_voucher_the_app_is_asked_anew_and_told_of_it(shop: Shop) -> None:
    _, code = make(shop, shop.oil, value="15")
    checkout = shop.ready((shop.oil, 2))
    assert enter(shop, checkout, code)["errors"] == []
    (option,) = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
    assert fractional(option["shippingMethod"]["price"]) == 3_500
    chosen = shop.done("UpdateCheckoutDeliveryMethod", id=checkout, deliveryMethodId=option["id"])[
        "checkout"
    ]
    assert fractional(chosen["totalPrice"]["gross"]) == 30_600 + 3_500
