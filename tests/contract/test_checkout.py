"""From a basket of two cooperatives to one order."""

import base64

import httpx
import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell, session
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def test_a_basket_of_two_cooperatives_becomes_one_order(shop: Shop) -> None:
    # given a checkout over two cooperatives
    created = shop.checkout((shop.oil, 2), (shop.rug, 1))["checkout"]
    assert fractional(created["subtotalPrice"]["gross"]) == 186000
    # when the buyer asks how it can be delivered
    options = shop.done("CalculateDeliveryOptions", id=created["id"])["deliveries"]
    # then the App's methods come in the checkout's currency
    assert [each["shippingMethod"]["name"] for each in options] == ["Livraison 2 coop.", "Express"]
    combined = options[0]["shippingMethod"]
    assert fractional(combined["price"]) == 5000
    assert combined["maximumDeliveryDays"] == 5
    # when she chooses one, pays and completes
    chosen = shop.done(
        "UpdateCheckoutDeliveryMethod", id=created["id"], deliveryMethodId=options[0]["id"]
    )["checkout"]
    assert fractional(chosen["totalPrice"]["gross"]) == 191000
    assert fractional(chosen["totalPrice"]["net"]) == 159167
    assert chosen["chargeStatus"] == "NONE"
    paid = shop.pay(created["id"])
    assert paid["transactionEvent"]["type"] == "CHARGE_SUCCESS"
    assert fractional(paid["transaction"]["chargedAmount"]) == 191000
    payload = shop.complete(created["id"], metadata=[{"key": "basket", "value": "7"}])
    assert payload["errors"] == []
    # then there is one order, allocated in each cooperative's own warehouse
    order = shop.seen(payload["order"]["id"])
    assert order["status"] == "UNFULFILLED"
    assert (order["chargeStatus"], order["paymentStatus"]) == ("FULL", "FULLY_CHARGED")
    assert order["origin"] == "CHECKOUT"
    assert order["languageCodeEnum"] == "AR"
    assert order["metadata"] == [{"key": "basket", "value": "7"}]
    assert order["checkoutId"] == created["id"]
    assert fractional(order["total"]["gross"]) == 191000
    warehouses = {
        line["productSku"]: [(a["quantity"], a["warehouse"]["id"]) for a in line["allocations"]]
        for line in order["lines"]
    }
    first, second = shop.market.cooperatives
    assert warehouses == {
        shop.oil.sku: [(2, first.warehouse)],
        shop.rug.sku: [(1, second.warehouse)],
    }
    # and the App's breakdown stays on its delivery method
    method = order["deliveryMethod"]
    assert (method["id"], method["name"]) == (combined["id"], "Livraison 2 coop.")
    assert method["metadata"] == [{"key": "parcels", "value": '[{"coop": "c1", "amount": 25}]'}]
    decoded = base64.b64decode(combined["id"]).decode()
    assert decoded == f"app:{shop.engine.app.identifier}:combined"


def test_the_app_is_asked_what_saleor_asks(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 2))
    shop.pay(checkout)
    app = shop.engine.app
    shipping = app.of("shipping_list_methods_for_checkout")[0]["checkout"]
    assert shipping["id"] == checkout
    assert shipping["shippingAddress"]["country"] == {"code": "MA"}
    assert [line["quantity"] for line in shipping["lines"]] == [2]
    base = app.of("checkout_calculate_taxes")[-1]["taxBase"]
    assert base["pricesEnteredWithTax"] is True
    assert base["sourceObject"] == {"__typename": "Checkout", "id": checkout}
    assert base["shippingPrice"] == {"amount": 50.0}
    assert base["lines"] == [
        {
            "quantity": 2,
            "productSku": shop.oil.sku,
            "totalPrice": {"amount": 360.0},
            "unitPrice": {"amount": 180.0},
            "chargeTaxes": True,
        }
    ]
    started = app.of("transaction_initialize_session")[0]
    assert started["action"] == {"amount": 410.0, "currency": "MAD", "actionType": "CHARGE"}
    assert started["merchantReference"] == started["transaction"]["id"]
    assert started["data"] == {"card": "4242"}
    assert started["sourceObject"] == {"__typename": "Checkout", "id": checkout}


def test_an_order_needs_an_address_and_takes_one_that_nobody_reads(shop: Shop) -> None:
    # given a checkout of a buyer who gave a phone number alone
    without = shop.ready((shop.oil, 1), email=None)
    shop.pay(without)
    # then the engine places no order without an address
    assert codes(shop.complete(without)) == ["EMAIL_NOT_SET"]
    # and places it with one that nobody reads, given at once or later
    unread = f"phone-{'0' * 32}@no-mail.invalid"
    shop.done("UpdateCheckoutEmail", id=without, email=unread)
    assert shop.complete(without)["errors"] == []
    order = shop.order((shop.oil, 1), email=unread)
    assert order["userEmail"] == unread
    found = shop.engine.as_app("OrderByCheckout", checkout=without)["orders"]["edges"]
    assert len(found) == 1


def test_completing_twice_gives_the_same_order(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    shop.pay(checkout)
    first = shop.complete(checkout)["order"]
    second = shop.complete(checkout)
    assert second["errors"] == []
    assert second["order"]["id"] == first["id"]
    found = shop.engine.as_app("OrderByCheckout", checkout=checkout)["orders"]["edges"]
    assert [each["node"]["id"] for each in found] == [first["id"]]
    assert shop.stock(shop.oil) == (10, 1)


def test_an_unknown_checkout_is_not_found(shop: Shop) -> None:
    unknown = base64.b64encode(b"Checkout:00000000-0000-4000-8000-000000000000").decode()
    assert codes(shop.complete(unknown)) == ["NOT_FOUND"]


def test_an_unpaid_checkout_does_not_complete(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    assert codes(shop.complete(checkout)) == ["CHECKOUT_NOT_FULLY_PAID"]
    assert shop.stock(shop.oil) == (10, 0)


def test_a_partial_payment_is_not_enough(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    shop.pay(checkout, amount=100)
    assert codes(shop.complete(checkout)) == ["CHECKOUT_NOT_FULLY_PAID"]
    shop.pay(checkout)
    assert codes(shop.complete(checkout)) == []


def test_a_checkout_without_delivery_does_not_complete(shop: Shop) -> None:
    checkout = shop.checkout((shop.oil, 1))["checkout"]["id"]
    assert codes(shop.complete(checkout)) == ["SHIPPING_METHOD_NOT_SET"]


def test_a_method_that_was_not_offered_is_refused(shop: Shop) -> None:
    checkout = shop.checkout((shop.oil, 1))["checkout"]["id"]
    other = base64.b64encode(f"app:{shop.engine.app.identifier}:free".encode()).decode()
    payload = shop.engine.buyer(
        "UpdateCheckoutDeliveryMethod", id=checkout, deliveryMethodId=other
    )["checkoutDeliveryMethodUpdate"]
    assert codes(payload) == ["DELIVERY_METHOD_NOT_APPLICABLE"]


def test_a_line_can_be_changed_and_taken_away(shop: Shop) -> None:
    checkout = shop.checkout((shop.oil, 2), (shop.rug, 1))["checkout"]
    lines = {each["variant"]["id"]: each["id"] for each in checkout["lines"]}
    changed = shop.done(
        "UpdateCheckoutLines",
        id=checkout["id"],
        lines=[
            {"lineId": lines[shop.oil.variant], "quantity": 5},
            {"variantId": shop.rug.variant, "quantity": 0},
        ],
    )["checkout"]
    assert [(x["variant"]["id"], x["quantity"]) for x in changed["lines"]] == [
        (shop.oil.variant, 5)
    ]
    assert fractional(changed["totalPrice"]["gross"]) == 90000


def test_more_than_there_is_is_refused(shop: Shop) -> None:
    payload = shop.checkout((shop.rug, 4))
    assert payload["checkout"] is None
    assert codes(payload) == ["INSUFFICIENT_STOCK"]
    assert payload["errors"][0]["field"] == "quantity"


def test_no_units_and_too_many_units_are_refused(shop: Shop) -> None:
    assert codes(shop.checkout((shop.oil, 0))) == ["ZERO_QUANTITY"]
    assert codes(shop.checkout((shop.oil, 51))) == ["QUANTITY_GREATER_THAN_LIMIT"]


def test_a_limit_of_a_variant_goes_before_the_shops(shop: Shop) -> None:
    (warehouse,) = {each.warehouse for each in shop.market.cooperatives[:1]}
    stocks = [{"warehouse": warehouse, "quantity": 100}]
    shop.engine.done("UpdateVariantStocks", variantId=shop.oil.variant, stocks=stocks)
    for limit, refused in ((3, 4), (60, 61)):
        one = {"quantityLimitPerCustomer": limit}
        shop.engine.done("UpdateVariant", id=shop.oil.variant, input=one)
        found = shop.engine.as_app("ProductsByIds", ids=[shop.oil.id])["products"]
        (variant,) = found["edges"][0]["node"]["productVariants"]["edges"]
        assert variant["node"]["quantityLimitPerCustomer"] == limit
        assert codes(shop.checkout((shop.oil, refused))) == ["QUANTITY_GREATER_THAN_LIMIT"]
    assert codes(shop.checkout((shop.oil, 51))) == []


def test_an_unpublished_product_cannot_be_bought(shop: Shop) -> None:
    listing = {"channelId": shop.market.channel, "isPublished": False}
    shop.engine.done(
        "UpdateProductChannelListing",
        id=shop.oil.id,
        input={"updateChannels": [listing]},
    )
    assert codes(shop.checkout((shop.oil, 1))) == ["PRODUCT_NOT_PUBLISHED"]


def test_a_changed_address_asks_for_shipping_and_taxes_again(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    app = shop.engine.app
    before = len(app.of("checkout_calculate_taxes"))
    address = {"streetAddress1": "1 rue", "city": "Fès", "postalCode": "30000", "country": "MA"}
    shop.done("UpdateCheckoutShippingAddress", id=checkout, address=address)
    # (a real Saleor may ask twice)
    assert len(app.of("checkout_calculate_taxes")) > before
    shop.done("CalculateDeliveryOptions", id=checkout)
    asked = app.of("shipping_list_methods_for_checkout")[-1]["checkout"]
    assert asked["shippingAddress"]["postalCode"] == "30000"


def test_without_the_app_s_tax_answer_nothing_is_sold(shop: Shop) -> None:
    # given a tax App that is down
    checkout = shop.ready((shop.oil, 1))
    shop.engine.app.answers["checkout_calculate_taxes"] = lambda _: httpx.Response(503)
    changed = shop.done(
        "UpdateCheckoutLines", id=checkout, lines=[{"variantId": shop.oil.variant, "quantity": 2}]
    )["checkout"]
    # then prices show without tax, and the payment still goes through
    assert fractional(changed["totalPrice"]["tax"]) == 0
    assert shop.pay(checkout)["transactionEvent"]["type"] == "CHARGE_SUCCESS"
    # but no order is made
    assert codes(shop.complete(checkout)) == ["TAX_ERROR"]
    assert shop.stock(shop.oil) == (10, 0)


def test_the_zone_s_own_method_stays_when_the_app_is_down(engine: Engine, market: Market) -> None:
    market.open_zone(price=30)
    shop = open_shop(engine, market)
    engine.app.answers["shipping_list_methods_for_checkout"] = lambda _: httpx.Response(500)
    checkout = shop.checkout((shop.oil, 1))["checkout"]["id"]
    options = shop.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
    assert [
        (x["shippingMethod"]["name"], fractional(x["shippingMethod"]["price"])) for x in options
    ] == [("Poste", 3000)]


def test_the_gateway_is_asked_for_what_its_page_needs(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    app = shop.engine.app
    payload = shop.done(
        "InitializePaymentGateway",
        id=checkout,
        gateways=[{"id": app.identifier}, {"id": "nobody"}],
    )
    configs = {each["id"]: each for each in payload["gatewayConfigs"]}
    assert configs[app.identifier]["data"] == {"methods": ["card", "cod"]}
    assert [each["code"] for each in configs["nobody"]["errors"]] == ["NOT_FOUND"]
    asked = app.of("payment_gateway_initialize_session")
    assert [each["amount"] for each in asked] == [230.0]


def test_a_failed_payment_can_be_tried_again(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    answers = shop.engine.app.answers
    answers["transaction_initialize_session"] = session("CHARGE_FAILURE", message="Declined")
    failed = shop.pay(checkout)
    assert failed["errors"] == []
    assert failed["transactionEvent"]["type"] == "CHARGE_FAILURE"
    assert fractional(failed["transaction"]["chargedAmount"]) == 0
    answers["transaction_initialize_session"] = lambda _: httpx.Response(500)
    down = shop.pay(checkout)
    assert (down["errors"], down["transactionEvent"]["type"]) == ([], "CHARGE_FAILURE")
    answers["transaction_initialize_session"] = session("CHARGE_SUCCESS")
    assert shop.pay(checkout)["transactionEvent"]["type"] == "CHARGE_SUCCESS"
    assert codes(shop.complete(checkout)) == []


def test_the_events_of_a_sale_arrive_signed(shop: Shop) -> None:
    order = shop.order((shop.oil, 2))
    app = shop.engine.app
    wanted = ["order_created", "order_paid", "order_fully_paid", "order_updated", "order_confirmed"]
    shop.engine.delivered(lambda: all(app.of(each) for each in wanted))
    happened = [each.event for each in app.received if each.event.startswith("order_")]
    assert sorted(happened) == sorted(wanted)
    body = app.of("order_created")[0]
    assert body["__typename"] == "OrderCreated"
    assert body["version"].startswith("3.")
    assert body["issuingPrincipal"] is None
    assert body["order"]["id"] == order["id"]
    assert body["order"]["total"] == {"gross": {"amount": 410.0, "currency": "MAD"}}
    assert body["order"]["deliveryMethod"]["__typename"] == "ShippingMethod"
    assert body["order"]["lines"][0]["allocations"] == [
        {
            "quantity": 2,
            "warehouse": {
                "id": shop.market.cooperatives[0].warehouse,
                "slug": shop.market.cooperatives[0].warehouse_slug,
            },
        }
    ]
