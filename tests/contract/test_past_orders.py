"""Bringing in orders that were made elsewhere."""

import re
from base64 import b64decode, b64encode
from typing import Any

import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import ADDRESS, Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]
NO_WAREHOUSE = b64encode(b"Warehouse:00000000-0000-4000-8000-000000000000").decode()
LONG_AGO = "2026-01-15T10:00:00Z"


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    # (an order that comes in names a method of a zone)
    market.open_zone(price=50)
    return open_shop(engine, market)


def method_of(shop: Shop) -> dict[str, str]:
    """Name the zone's method, as the kind ShippingMethod."""
    key = b64decode(shop.market.method).decode().partition(":")[2]
    method = {"shippingMethodId": b64encode(f"ShippingMethod:{key}".encode()).decode()}
    return {**method, **tax_class(shop, "shippingTaxClassId")}


def tax_class(shop: Shop, field: str) -> dict[str, str]:
    """Name a tax class, made when there is none."""
    found = shop.engine.staff("{ taxClasses(first: 1) { edges { node { id } } } }")["taxClasses"]
    if found["edges"]:
        return {field: found["edges"][0]["node"]["id"]}
    return {field: shop.engine.done("CreateTaxClass", input={"name": "Standard"})["taxClass"]["id"]}


def paths(result: dict[str, Any]) -> list[tuple[str, str]]:
    """Where and why a row was refused; a real engine spells the paths with underscores."""
    return [(_camel(each["path"]), each["code"]) for each in result["errors"]]


def _camel(path: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), path)


def past(shop: Shop, reference: str, **more: Any) -> dict[str, Any]:
    warehouse = shop.market.cooperatives[0].warehouse
    price = {"gross": 360, "net": 300}
    return {
        "externalReference": f"{reference}-{shop.market.unique}",
        "channel": shop.market.channel_slug,
        "createdAt": LONG_AGO,
        "status": "FULFILLED",
        "user": {"email": "old@example.org"},
        "billingAddress": ADDRESS,
        "shippingAddress": ADDRESS,
        "currency": "MAD",
        "languageCode": "FR",
        "metadata": [{"key": "origin", "value": "fair"}],
        "lines": [
            {
                "variantId": shop.oil.variant,
                "createdAt": LONG_AGO,
                "isShippingRequired": True,
                "isGiftCard": False,
                "quantity": 2,
                "totalPrice": price,
                "undiscountedTotalPrice": price,
                "warehouse": warehouse,
                "taxRate": 0.2,
                **tax_class(shop, "taxClassId"),
            }
        ],
        "deliveryMethod": {
            **method_of(shop),
            "shippingMethodName": "Poste",
            "shippingPrice": {"gross": 50, "net": 41.67},
        },
        "fulfillments": [
            {
                "trackingCode": "OLD-1",
                "lines": [
                    {
                        "variantId": shop.oil.variant,
                        "quantity": 2,
                        "warehouse": warehouse,
                        "orderLineIndex": 0,
                    }
                ],
            }
        ],
        "transactions": [
            {
                "name": "Cash",
                "pspReference": "old-1",
                "amountCharged": {"amount": 410, "currency": "MAD"},
            }
        ],
        **more,
    }


def create(shop: Shop, *orders: dict[str, Any]) -> dict[str, Any]:
    payload: dict[str, Any] = shop.engine.as_app("BulkCreateOrders", orders=list(orders))[
        "orderBulkCreate"
    ]
    return payload


def test_past_orders_keep_their_dates_and_their_money(shop: Shop) -> None:
    # when two past orders are brought in
    payload = create(shop, past(shop, "a"), past(shop, "b"))
    # then they are there as they were
    assert (payload["count"], payload["errors"]) == (2, [])
    order = shop.seen(payload["results"][0]["order"]["id"])
    assert order["created"].startswith("2026-01-15T10:00:00")
    assert (order["origin"], order["status"]) == ("BULK_CREATE", "FULFILLED")
    assert (order["chargeStatus"], order["paymentStatus"]) == ("FULL", "FULLY_CHARGED")
    assert fractional(order["total"]["gross"]) == 41000
    assert fractional(order["lines"][0]["unitPrice"]["net"]) == 15000
    assert order["fulfillments"][0]["trackingNumber"] == "OLD-1"
    # (a real engine shows no warehouse of a parcel whose units it never had)
    if not shop.engine.is_real:
        sent_from = order["fulfillments"][0]["warehouse"]["id"]
        assert sent_from == shop.market.cooperatives[0].warehouse
    assert [each["pspReference"] for each in order["transactions"]] == ["old-1"]
    assert shop.stock(shop.oil) == (10, 0)
    # and their only event is one for all
    shop.engine.delivered(lambda: shop.engine.app.of("order_bulk_created") != [])
    events = {each.event for each in shop.engine.app.received}
    assert {each for each in events if each.startswith(("order", "fulfil", "trans"))} == {
        "order_bulk_created"
    }
    (body,) = shop.engine.app.of("order_bulk_created")
    assert {each["id"] for each in body["orders"]} == {
        each["order"]["id"] for each in payload["results"]
    }


def test_an_order_comes_in_once(shop: Shop) -> None:
    create(shop, past(shop, "a"))
    payload = create(shop, past(shop, "a"), past(shop, "c"))
    assert payload["count"] == 1
    first, second = payload["results"]
    assert first["order"] is None
    assert paths(first) == [("externalReference", "UNIQUE")]
    assert second["order"]["externalReference"] == f"c-{shop.market.unique}"


def test_what_cannot_be_is_refused_by_its_path(shop: Shop) -> None:
    future = past(shop, "f", createdAt="2099-01-01T00:00:00Z")
    euro = past(shop, "e", currency="EUR")
    wrong = past(shop, "w")
    wrong["lines"][0]["warehouse"] = NO_WAREHOUSE
    index = past(shop, "i")
    index["fulfillments"][0]["lines"][0]["orderLineIndex"] = 4
    payload = create(shop, future, euro, wrong, index)
    assert payload["count"] == 0
    assert [paths(each) for each in payload["results"]] == [
        [("createdAt", "FUTURE_DATE")],
        [("currency", "INCORRECT_CURRENCY")],
        [("lines.0.warehouse", "NOT_FOUND")],
        [("fulfillments.0.lines.0.orderLineIndex", "NO_RELATED_ORDER_LINE")],
    ]


def test_a_delivery_and_tax_classes_have_to_be_named(shop: Shop) -> None:
    bare = past(shop, "b", deliveryMethod=None)
    kind = past(shop, "k")
    kind["deliveryMethod"]["shippingMethodId"] = shop.market.method
    untaxed = past(shop, "u")
    del untaxed["deliveryMethod"]["shippingTaxClassId"]
    plain = past(shop, "p")
    del plain["lines"][0]["taxClassId"]
    payload = create(shop, bare, kind, untaxed, plain)
    assert payload["count"] == 0
    method = "deliveryMethod.shippingMethodId.shippingMethodId"
    assert [sorted(paths(each)) for each in payload["results"]] == [
        [("deliveryMethod", "REQUIRED")],
        [("deliveryMethod", "REQUIRED"), (method, "INVALID")],
        [("deliveryMethod.shippingTaxClassId", "NOT_FOUND")],
        [("lines.0", "NOT_FOUND")],
    ]


def test_a_province_is_named_as_the_engine_knows_it(shop: Shop) -> None:
    abroad = {"country": "ES", "city": "Barcelona", "postalCode": "08001"}
    there = {**ADDRESS, **abroad, "phone": "", "countryArea": "B"}
    payload = create(
        shop,
        past(shop, "n", shippingAddress={**there, "countryArea": ""}),
        past(shop, "i", shippingAddress={**there, "countryArea": "ES-B"}),
        past(shop, "b", shippingAddress=there),
    )
    assert [paths(each) for each in payload["results"]] == [
        [("shippingAddress", "INVALID")],
        [("shippingAddress", "INVALID")],
        [],
    ]


def test_at_most_fifty_come_in_at_once(shop: Shop) -> None:
    orders = [past(shop, str(number)) for number in range(51)]
    if shop.engine.is_real:  # which refuses them by failing
        with pytest.raises(Refused):
            create(shop, *orders)
        return
    payload = create(shop, *orders)
    assert (payload["count"], codes(payload)) == (0, ["BULK_LIMIT"])


def test_nobody_is_asked_to_refund_a_payment_that_came_in_with_its_order(shop: Shop) -> None:
    made = create(shop, past(shop, "r"))["results"][0]["order"]["id"]
    transaction = shop.seen(made)["transactions"][0]["id"]
    payload = shop.engine.as_app(
        "RequestTransactionAction", id=transaction, action="REFUND", amount=10
    )
    assert codes(payload["transactionRequestAction"]) == [
        "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"
    ]


def test_a_past_payment_that_the_app_enters_can_be_refunded(shop: Shop) -> None:
    made = create(shop, past(shop, "r", transactions=[]))["results"][0]["order"]["id"]
    payment = {
        "name": "Card",
        "pspReference": f"old-{shop.market.unique}",
        "availableActions": ["REFUND"],
        "amountCharged": {"amount": 410, "currency": "MAD"},
    }
    entered = shop.app_done("CreateTransaction", order=made, transaction=payment)
    transaction = entered["transaction"]["id"]
    assert shop.seen(made)["chargeStatus"] == "FULL"
    shop.app_done("RequestTransactionAction", id=transaction, action="REFUND", amount=10)
    shop.settled(transaction, lambda a: (a["chargedAmount"], a["refundedAmount"]) == (40000, 1000))


def test_an_amount_may_be_left_out_but_not_be_null(shop: Shop) -> None:
    wanted = past(shop, "n")
    wanted["transactions"][0]["amountAuthorized"] = None
    if shop.engine.is_real:  # which fails
        with pytest.raises(Refused):
            create(shop, wanted)
        return
    (result,) = create(shop, wanted)["results"]
    assert [each["code"] for each in result["errors"]] == ["INVALID"]


def test_only_those_allowed_bring_orders_in(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        shop.engine.buyer("BulkCreateOrders", orders=[past(shop, "x")])
    assert refused.value.codes == ["PermissionDenied"]
