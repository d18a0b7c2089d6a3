"""Orders on their way: parcels per warehouse, what comes back, who may look."""

from typing import Any

import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import Market, Product

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def line_of(order: dict[str, Any], product: Product) -> str:
    return str(next(each["id"] for each in order["lines"] if each["productSku"] == product.sku))


def parcel(line: str, warehouse: str, quantity: int, **more: Any) -> dict[str, Any]:
    stocks = [{"warehouse": warehouse, "quantity": quantity}]
    return {"lines": [{"orderLineId": line, "stocks": stocks}], "notifyCustomer": False, **more}


def send(
    shop: Shop, order: dict[str, Any], product: Product, place: int, quantity: int, **more: Any
) -> dict[str, Any]:
    warehouse = shop.market.cooperatives[place].warehouse
    wanted = parcel(line_of(order, product), warehouse, quantity, **more)
    made = shop.app_done("FulfillOrder", order=order["id"], input=wanted)["fulfillments"]
    first: dict[str, Any] = made[0]
    return first


def test_each_cooperative_sends_its_own_parcel(shop: Shop) -> None:
    # given an order of two cooperatives
    order = shop.order((shop.oil, 2), (shop.rug, 1))
    # when the first sends its part with a tracking number
    first = send(shop, order, shop.oil, 0, 2, trackingNumber="CTM-1")
    # then it is a fulfilment of its warehouse, and stock left
    assert (first["status"], first["trackingNumber"]) == ("FULFILLED", "CTM-1")
    assert first["warehouse"]["id"] == shop.market.cooperatives[0].warehouse
    assert shop.stock(shop.oil) == (8, 0)
    assert shop.seen(order["id"])["status"] == "PARTIALLY_FULFILLED"
    # when the second sends, too
    second = send(shop, order, shop.rug, 1, 1)
    seen = shop.seen(order["id"])
    assert seen["status"] == "FULFILLED"
    assert [each["fulfillmentOrder"] for each in seen["fulfillments"]] == [1, 2]
    assert [each["quantityToFulfill"] for each in seen["lines"]] == [0, 0]
    assert [each["allocations"][0]["quantity"] for each in seen["lines"]] == [0, 0]
    # then a new number can be given, and the App hears of all that
    shop.app_done("UpdateFulfillmentTracking", id=second["id"], input={"trackingNumber": "X-2"})
    app = shop.engine.app
    shop.engine.delivered(lambda: app.of("order_fulfilled") != [])
    assert len(app.of("fulfillment_created")) == 2
    numbers = [
        each["fulfillment"]["trackingNumber"]
        for each in app.of("fulfillment_tracking_number_updated")
    ]
    assert sorted(numbers) == ["CTM-1", "X-2"]


def test_a_line_can_be_sent_in_parts(shop: Shop) -> None:
    order = shop.order((shop.oil, 3))
    send(shop, order, shop.oil, 0, 1)
    assert shop.stock(shop.oil) == (9, 2)
    seen = shop.seen(order["id"])
    assert seen["status"] == "PARTIALLY_FULFILLED"
    assert (seen["lines"][0]["quantityFulfilled"], seen["lines"][0]["quantityToFulfill"]) == (1, 2)
    wanted = parcel(line_of(order, shop.oil), shop.market.cooperatives[0].warehouse, 3)
    payload = shop.engine.as_app("FulfillOrder", order=order["id"], input=wanted)["orderFulfill"]
    assert codes(payload) == ["FULFILL_ORDER_LINE"]
    assert payload["errors"][0]["orderLines"] == [order["lines"][0]["id"]]
    assert shop.stock(shop.oil) == (9, 2)


def test_another_cooperative_s_warehouse_has_not_the_product(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    other = shop.market.cooperatives[1].warehouse
    wanted = parcel(order["lines"][0]["id"], other, 1)
    payload = shop.engine.as_app("FulfillOrder", order=order["id"], input=wanted)["orderFulfill"]
    assert codes(payload) == ["INSUFFICIENT_STOCK"]
    assert payload["errors"][0]["warehouse"] == other
    assert shop.seen(order["id"])["fulfillments"] == []
    assert shop.stock(shop.oil) == (10, 1)


def test_a_parcel_taken_back_is_in_stock_and_still_promised(shop: Shop) -> None:
    order = shop.order((shop.oil, 2))
    sent = send(shop, order, shop.oil, 0, 2)
    warehouse = shop.market.cooperatives[0].warehouse
    done = shop.app_done("CancelFulfillment", id=sent["id"], warehouse=warehouse)
    assert done["fulfillment"]["status"] == "CANCELED"
    assert shop.stock(shop.oil) == (10, 2)
    assert shop.seen(order["id"])["status"] == "UNFULFILLED"
    again = shop.engine.as_app("CancelFulfillment", id=sent["id"], warehouse=warehouse)
    assert codes(again["orderFulfillmentCancel"]) == ["CANNOT_CANCEL_FULFILLMENT"]
    assert shop.stock(shop.oil) == (10, 2)


def test_what_comes_back_is_noted_without_touching_stock(shop: Shop) -> None:
    order = shop.order((shop.oil, 2), (shop.rug, 1))
    sent = send(shop, order, shop.oil, 0, 2)
    shop.engine.delivered()
    shop.engine.app.received.clear()
    returned = shop.app_done(
        "ReturnFulfillmentProducts",
        order=order["id"],
        input={"fulfillmentLines": [{"fulfillmentLineId": sent["lines"][0]["id"], "quantity": 1}]},
    )["returnFulfillment"]
    assert returned["status"] == "RETURNED"
    assert shop.stock(shop.oil) == (8, 0)
    seen = shop.seen(order["id"])
    assert seen["status"] == "PARTIALLY_RETURNED"
    units = {x["status"]: [line["quantity"] for line in x["lines"]] for x in seen["fulfillments"]}
    assert units == {"FULFILLED": [1], "RETURNED": [1]}
    shop.engine.delivered(lambda: shop.engine.app.of("order_updated") != [])
    assert {each.event for each in shop.engine.app.received} == {"order_updated"}
    more = shop.engine.as_app(
        "ReturnFulfillmentProducts",
        order=order["id"],
        input={"fulfillmentLines": [{"fulfillmentLineId": sent["lines"][0]["id"], "quantity": 2}]},
    )["orderFulfillmentReturnProducts"]
    assert codes(more) == ["INVALID_QUANTITY"]


def test_what_is_never_sent_is_taken_out_of_the_order(shop: Shop) -> None:
    # given an order of three, of which one was sent
    order = shop.order((shop.oil, 3))
    line = line_of(order, shop.oil)
    send(shop, order, shop.oil, 0, 1)
    # when one of the others is returned without having been sent
    returned = shop.app_done(
        "ReturnFulfillmentProducts",
        order=order["id"],
        input={"orderLines": [{"orderLineId": line, "quantity": 1}], "refund": False},
    )["returnFulfillment"]
    # then nothing is allocated for it any more, and the stock is as it was
    assert returned["status"] == "RETURNED"
    assert shop.stock(shop.oil) == (9, 1)
    assert shop.seen(order["id"])["lines"][0]["quantityToFulfill"] == 1
    more = shop.engine.as_app(
        "ReturnFulfillmentProducts",
        order=order["id"],
        input={"orderLines": [{"orderLineId": line, "quantity": 2}], "refund": False},
    )["orderFulfillmentReturnProducts"]
    assert codes(more) == ["INVALID_QUANTITY"]
    # and the last one can still be sent
    send(shop, order, shop.oil, 0, 1)
    assert shop.stock(shop.oil) == (8, 0)


def test_an_order_of_which_everything_is_taken_out_can_be_cancelled(shop: Shop) -> None:
    order = shop.order((shop.oil, 2))
    shop.app_done(
        "ReturnFulfillmentProducts",
        order=order["id"],
        input={
            "orderLines": [{"orderLineId": line_of(order, shop.oil), "quantity": 1}],
            "refund": False,
        },
    )
    assert shop.app_done("CancelOrder", id=order["id"])["order"]["status"] == "CANCELED"
    assert shop.stock(shop.oil) == (10, 0)


def test_a_cancelled_order_gives_its_units_back(shop: Shop) -> None:
    order = shop.order((shop.oil, 2))
    assert shop.stock(shop.oil) == (10, 2)
    assert shop.app_done("CancelOrder", id=order["id"])["order"]["status"] == "CANCELED"
    assert shop.stock(shop.oil) == (10, 0)
    payload = shop.engine.as_app("CancelOrder", id=order["id"])["orderCancel"]
    assert codes(payload) == ["CANNOT_CANCEL_ORDER"]
    shop.engine.delivered(lambda: shop.engine.app.of("order_cancelled") != [])


def test_stock_may_be_set_below_what_is_promised_and_stays_so_when_the_order_is_cancelled(
    shop: Shop,
) -> None:
    order = shop.order((shop.oil, 6))
    stocks = [{"warehouse": shop.market.cooperatives[0].warehouse, "quantity": 4}]
    shop.app_done("UpdateVariantStocks", variantId=shop.oil.variant, stocks=stocks)
    assert shop.stock(shop.oil) == (4, 6)
    assert shop.app_done("CancelOrder", id=order["id"])["order"]["status"] == "CANCELED"
    assert shop.stock(shop.oil) == (4, 0)


def test_a_sent_order_cannot_be_cancelled(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    send(shop, order, shop.oil, 0, 1)
    assert codes(shop.engine.as_app("CancelOrder", id=order["id"])["orderCancel"]) == [
        "CANNOT_CANCEL_ORDER"
    ]


def test_orders_are_found_by_change_and_by_warehouse(shop: Shop) -> None:
    first = shop.order((shop.oil, 1))
    second = shop.order((shop.rug, 1))
    send(shop, second, shop.rug, 1, 1)
    changed = shop.engine.as_app("OrdersUpdatedSince", since=first["updatedAt"], after=None)
    found = [each["node"]["id"] for each in changed["orders"]["edges"]]
    assert found[-1] == second["id"]
    assert set(found) >= {first["id"], second["id"]}
    query = (
        "query($w: ID!) { orders(first: 5,"
        " where: {fulfillments: [{warehouse: {id: {oneOf: [$w]}}}]}) { edges { node { id } } } }"
    )
    sent = shop.engine.as_app(query, w=shop.market.cooperatives[1].warehouse)
    assert [each["node"]["id"] for each in sent["orders"]["edges"]] == [second["id"]]
    none = shop.engine.as_app(query, w=shop.market.cooperatives[0].warehouse)
    assert none["orders"]["edges"] == []


def test_a_stranger_sees_no_list_and_an_order_only_by_its_id(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    with pytest.raises(Refused) as refused:
        shop.engine.buyer("OrderByCheckout", checkout=order["checkoutId"])
    assert refused.value.codes == ["PermissionDenied"]
    # but whoever knows an order's id sees all of it: so ours never leave the server
    query = (
        "query($id: ID!) { order(id: $id) {"
        " number userEmail shippingAddress { country { code } } } }"
    )
    assert shop.engine.buyer(query, id=order["id"])["order"] == {
        "number": order["number"],
        "userEmail": "buyer@example.org",
        "shippingAddress": {"country": {"code": "MA"}},
    }


def test_a_customer_sees_her_own_orders(shop: Shop) -> None:
    # given a customer who signed in
    email = f"amina-{shop.market.unique}@example.org"
    hers = shop.engine.customer(email)
    shop.order((shop.oil, 1))
    # when she buys, her checkout attached to her
    checkout = shop.ready((shop.oil, 1), email=email)
    attached = shop.engine.ask(
        "AttachCustomerToCheckout", token=hers, id=checkout, customerId=None
    )["checkoutCustomerAttach"]
    assert attached["errors"] == []
    shop.pay(checkout)
    made = shop.complete(checkout)["order"]["id"]
    # then she sees that order alone, with her address
    mine = shop.engine.ask(
        "{ me { orders(first: 5) { totalCount edges { node { id userEmail"
        " shippingAddress { postalCode } } } } } }",
        token=hers,
    )["me"]["orders"]
    assert mine == {
        "totalCount": 1,
        "edges": [
            {"node": {"id": made, "userEmail": email, "shippingAddress": {"postalCode": "80000"}}}
        ],
    }


def test_an_order_carries_metadata_and_documents(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    shop.app_done("UpdateMetadata", id=order["id"], input=[{"key": "payout.c1", "value": "due"}])
    assert shop.seen(order["id"])["metadata"] == [{"key": "payout.c1", "value": "due"}]
    invoice = shop.app_done(
        "mutation($o: ID!) { invoiceCreate(orderId: $o,"
        ' input: {number: "F-1", url: "https://example.org/f1.pdf"})'
        " { invoice { number url status } errors { code } } }",
        o=order["id"],
    )["invoice"]
    assert invoice == {"number": "F-1", "url": "https://example.org/f1.pdf", "status": "SUCCESS"}


def test_prices_of_a_line_are_kept_when_the_listing_changes(shop: Shop) -> None:
    order = shop.order((shop.oil, 2))
    shop.market.price(shop.oil.variant, 999)
    line = shop.seen(order["id"])["lines"][0]
    assert fractional(line["totalPrice"]["gross"]) == 36000
    assert fractional(line["unitPrice"]["net"]) == 15000
    assert line["taxRate"] == 0.2
