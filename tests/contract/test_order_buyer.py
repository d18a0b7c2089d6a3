"""Whose an order is can be changed: the buyer is taken out of orders of any age."""

from typing import Any

import pytest

from tests.contract.buying import Shop, codes, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import ADDRESS, Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

NOBODY = "erased@erased.invalid"
# What our own erasure gives: what the country's rules ask for stays, names and telephone go.
NOBODYS = {
    "firstName": "",
    "lastName": "",
    "companyName": "",
    "phone": "",
    "streetAddress1": "–",
    "streetAddress2": "",
    "city": "Agadir",
    "postalCode": "80000",
    "country": "MA",
}
ERASED = {"userEmail": NOBODY, "billingAddress": NOBODYS, "shippingAddress": NOBODYS}
HERS = {**ADDRESS, "phone": "+212528000000", "companyName": "Idrissi SARL"}
_SEEN = """
query($id: ID!) { order(id: $id) { status userEmail updatedAt user { id }
  billingAddress { ...Place } shippingAddress { ...Place } } }
fragment Place on Address { firstName lastName companyName phone streetAddress1 streetAddress2
  city postalCode country { code } }"""


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def bought(shop: Shop) -> str:
    addresses = {"shippingAddress": HERS, "billingAddress": HERS}
    found: str = shop.order((shop.oil, 1), **addresses)["id"]
    return found


def seen(shop: Shop, order: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.engine.as_app(_SEEN, id=order)["order"]
    return found


def erase(shop: Shop, order: str) -> dict[str, Any]:
    payload: dict[str, Any] = shop.engine.as_app("UpdateOrderBuyer", id=order, input=ERASED)
    return dict(payload["orderUpdate"])


def assert_names_nobody(found: dict[str, Any]) -> None:
    assert (found["userEmail"], found["user"]) == (NOBODY, None)
    for kind in ("billingAddress", "shippingAddress"):
        place = found[kind]
        assert place.pop("country") == {"code": "MA"}
        assert (place.pop("city").title(), place.pop("postalCode")) == ("Agadir", "80000")
        assert place.pop("streetAddress1") == "–"
        assert {value or "" for value in place.values()} == {""}


def test_an_order_names_nobody_any_more_and_says_so_once(shop: Shop) -> None:
    order = bought(shop)
    before = seen(shop, order)
    assert before["shippingAddress"]["companyName"] == "Idrissi SARL"
    shop.engine.delivered(lambda: shop.engine.app.of("order_created") != [])
    shop.engine.app.received.clear()
    # when the buyer is taken out
    assert erase(shop, order)["errors"] == []
    # then nothing but the place is left, and the engine tells of the change
    after = seen(shop, order)
    assert after["updatedAt"] > before["updatedAt"]
    assert_names_nobody(dict(after))
    shop.engine.delivered(lambda: shop.engine.app.of("order_updated") != [])
    # and what changes nothing is no news
    shop.engine.app.received.clear()
    assert erase(shop, order)["errors"] == []
    shop.engine.delivered()
    assert shop.engine.app.of("order_updated") == []


def test_a_cancelled_order_can_be_changed_too(shop: Shop) -> None:
    order = bought(shop)
    shop.app_done("CancelOrder", id=order)
    assert erase(shop, order)["errors"] == []
    found = seen(shop, order)
    assert found["status"] == "CANCELED"
    assert_names_nobody(found)


def test_an_account_no_longer_has_the_order(shop: Shop) -> None:
    email = f"zineb-{shop.market.unique}@example.org"
    hers = shop.engine.customer(email)
    checkout = shop.ready((shop.oil, 1), email=email)
    shop.engine.ask("AttachCustomerToCheckout", token=hers, id=checkout, customerId=None)
    shop.pay(checkout)
    order = shop.complete(checkout)["order"]["id"]
    mine = "{ me { orders(first: 5) { totalCount } } }"
    assert shop.engine.ask(mine, token=hers)["me"]["orders"]["totalCount"] == 1
    assert seen(shop, order)["user"] is not None
    # when it is nobody's
    assert erase(shop, order)["errors"] == []
    assert shop.engine.ask(mine, token=hers)["me"]["orders"]["totalCount"] == 0
    assert_names_nobody(seen(shop, order))


def test_an_unknown_order_a_wrong_address_and_strangers_are_refused(shop: Shop) -> None:
    order = bought(shop)
    assert codes(erase(shop, "T3JkZXI6MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAw")) == [
        "NOT_FOUND"
    ]
    wrong = {"shippingAddress": {**ADDRESS, "postalCode": "8"}}
    payload = shop.engine.as_app("UpdateOrderBuyer", id=order, input=wrong)["orderUpdate"]
    assert [(each["field"], each["code"]) for each in payload["errors"]] == [
        ("postalCode", "INVALID")
    ]
    with pytest.raises(Refused) as refused:
        shop.engine.buyer("UpdateOrderBuyer", id=order, input=ERASED)
    assert refused.value.codes == ["PermissionDenied"]
    assert seen(shop, order)["userEmail"] == "buyer@example.org"
