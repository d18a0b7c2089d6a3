"""Whose hand may be in an order's metadata: what our reading of orders relies on."""

from typing import Any

import pytest

from tests.contract.buying import Shop, codes, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

CLAIMS = [
    {"key": "twiza.order", "value": "6f0a1d0e-0000-4000-8000-000000000001"},
    {"key": "twiza.payment_method", "value": "cod"},
    {"key": "twiza.parcels", "value": '[{"cooperative": "x", "amount_minor": 1}]'},
]
_LINES = "query($id: ID!) { checkout(id: $id) { lines { id } } }"
_PRIVATE = """query($id: ID!) {
  order(id: $id) { privateMetadata { key value } lines { id metadata { key value } } }
}"""


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def refused(engine: Engine, operation: str, target: str) -> None:
    with pytest.raises(Refused) as refusal:
        engine.buyer(operation, id=target, input=CLAIMS)
    assert refusal.value.codes == ["PermissionDenied"]


def as_dict(items: list[dict[str, Any]]) -> dict[str, str]:
    return {item["key"]: item["value"] for item in items}


def test_whoever_holds_a_checkout_writes_its_orders_public_metadata(shop: Shop) -> None:
    # given a stranger who holds a checkout's id
    checkout = shop.ready((shop.oil, 1))
    line = shop.engine.buyer(_LINES, id=checkout)["checkout"]["lines"][0]["id"]
    # when he writes into its metadata, into its line's, and again as he completes it
    shop.done("UpdateMetadata", id=checkout, input=CLAIMS[:2])
    shop.done("UpdateMetadata", id=line, input=CLAIMS[:1])
    shop.pay(checkout)
    payload = shop.complete(checkout, metadata=CLAIMS[2:])
    # then the order has all of it
    order = shop.seen(payload["order"]["id"])
    assert as_dict(order["metadata"]) == as_dict(CLAIMS)
    seen = shop.engine.as_app(_PRIVATE, id=order["id"])["order"]
    assert as_dict(seen["lines"][0]["metadata"]) == as_dict(CLAIMS[:1])
    # but what the engine itself says of it: which checkout it was, and nothing in private
    assert order["checkoutId"] == checkout
    assert order["externalReference"] is None
    # (a Saleor notes there by which App's method it is sent)
    assert set(as_dict(seen["privateMetadata"])) <= {"external_app_shipping_id"}


def test_private_metadata_and_an_orders_own_are_not_for_strangers(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    line = shop.engine.buyer(_LINES, id=checkout)["checkout"]["lines"][0]["id"]
    refused(shop.engine, "UpdatePrivateMetadata", checkout)
    refused(shop.engine, "UpdatePrivateMetadata", line)
    shop.pay(checkout)
    order = shop.seen(shop.complete(checkout)["order"]["id"])
    for target in (order["id"], order["lines"][0]["id"]):
        refused(shop.engine, "UpdateMetadata", target)
        refused(shop.engine, "UpdatePrivateMetadata", target)
    for transaction in order["transactions"]:
        refused(shop.engine, "UpdateMetadata", transaction["id"])
    with pytest.raises(Refused):
        shop.engine.buyer(_PRIVATE, id=order["id"])


def test_a_checkout_is_not_begun_with_private_metadata_by_a_stranger(shop: Shop) -> None:
    with pytest.raises(Refused) as refusal:
        shop.checkout((shop.oil, 1), privateMetadata=CLAIMS)
    assert refusal.value.codes == ["PermissionDenied"]


def test_an_orders_delivery_method_is_not_for_strangers(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    before = order["deliveryMethod"]["metadata"]
    assert before
    answer = shop.engine.buyer("UpdateMetadata", id=order["deliveryMethod"]["id"], input=CLAIMS)
    assert codes(answer["updateMetadata"])
    assert shop.seen(order["id"])["deliveryMethod"]["metadata"] == before


def test_an_orders_reference_is_not_for_strangers(shop: Shop) -> None:
    if not shop.engine.is_real:
        pytest.skip("the embedded engine has no mutation by which a reference is changed")
    order = shop.order((shop.oil, 1))
    rename = (
        "mutation($id: ID!) { orderUpdate(id: $id, input: {externalReference: %s})"
        " { errors { code } } }"
    )
    with pytest.raises(Refused) as refusal:
        shop.engine.buyer(rename % '"6f0a1d0e-0000-4000-8000-000000000001"', id=order["id"])
    assert refusal.value.codes == ["PermissionDenied"]
