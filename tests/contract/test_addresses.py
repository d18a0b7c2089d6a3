"""What the engine refuses of an address, by the rules of its country: fields and codes."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.buying import Shop, open_shop
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import ADDRESS, Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

LYON = {"city": "Lyon", "postalCode": "69002", "country": "FR"}
BARCELONA = {"city": "Barcelona", "postalCode": "08001", "country": "ES", "countryArea": "B"}
CAIRO = {"city": "Cairo", "postalCode": "11511", "country": "EG", "countryArea": "القاهرة"}
UPDATE = """
mutation($id: ID!, $address: AddressInput!, $rules: CheckoutAddressValidationRules) {
  checkoutShippingAddressUpdate(id: $id, shippingAddress: $address, validationRules: $rules) {
    checkout { shippingAddress { city cityArea countryArea postalCode phone } }
    errors { field code addressType }
  }
}"""


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


_COUNTING = """mutation($byZone: Boolean!) {
  shopSettingsUpdate(input: {useLegacyShippingZoneStockAvailability: $byZone}) {
    errors { field code }
  }
}"""


@pytest.fixture
def shop(engine: Engine, market: Market) -> Iterator[Shop]:
    """A shop that counts stock by channel and warehouse, as our set-up leaves it."""
    engine.done(_COUNTING, byZone=False)
    yield open_shop(engine, market)
    engine.done(_COUNTING, byZone=True)


@pytest.fixture
def checkout(shop: Shop) -> str:
    found: str = shop.checkout((shop.oil, 1))["checkout"]["id"]
    return found


def update(shop: Shop, checkout: str, address: dict[str, Any], **rules: bool) -> Any:
    variables = {"id": checkout, "address": {**ADDRESS, **address}, "rules": rules or None}
    return shop.engine.buyer(UPDATE, **variables)["checkoutShippingAddressUpdate"]


def errors(payload: Any) -> list[tuple[str, str]]:
    assert {error["addressType"] for error in payload["errors"]} <= {"SHIPPING"}
    return sorted((error["field"], error["code"]) for error in payload["errors"])


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ({**LYON}, []),
        ({**LYON, "postalCode": "123"}, [("postalCode", "INVALID")]),
        ({**LYON, "postalCode": ""}, [("postalCode", "REQUIRED")]),
        ({"postalCode": "ABC"}, [("postalCode", "INVALID")]),
        ({"postalCode": ""}, []),
        ({"city": "", "postalCode": "ABC"}, [("city", "REQUIRED"), ("postalCode", "INVALID")]),
        ({"streetAddress1": ""}, [("streetAddress1", "REQUIRED")]),
        ({**BARCELONA}, []),
        ({**BARCELONA, "countryArea": "ES-B"}, [("countryArea", "INVALID")]),
        ({**BARCELONA, "countryArea": ""}, [("countryArea", "REQUIRED")] * 2),
        ({**BARCELONA, "countryArea": "M"}, [("postalCode", "INVALID")]),
        ({**CAIRO}, []),
        ({**CAIRO, "countryArea": "EG-C"}, [("countryArea", "INVALID")]),
        ({"phone": "+21621612345"}, []),
        ({"phone": "06 61 22 33 44"}, []),
        ({"phone": "0661"}, [("phone", "INVALID")]),
        ({"phone": "0661", "postalCode": "ABC"}, [("phone", "INVALID")]),
        ({"phone": "nobody"}, [("phone", "INVALID")]),
    ],
)
def test_an_address_is_checked_by_the_rules_of_its_country(
    shop: Shop, checkout: str, address: dict[str, str], refused: list[tuple[str, str]]
) -> None:
    assert errors(update(shop, checkout, address)) == refused


def test_an_address_to_which_no_stock_is_sent_is_refused(shop: Shop, checkout: str) -> None:
    shop.engine.done(_COUNTING, byZone=True)
    payload = update(shop, checkout, LYON)
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [
        ("quantity", "INSUFFICIENT_STOCK")
    ]


def test_a_new_checkout_says_of_which_address_it_speaks(shop: Shop) -> None:
    query = """mutation($input: CheckoutCreateInput!) {
      checkoutCreate(input: $input) { errors { field code addressType } }
    }"""
    lines = [{"variantId": shop.oil.variant, "quantity": 1}]
    wrong = {"channel": shop.market.channel_slug, "lines": lines, "email": "b@example.org",
             "shippingAddress": ADDRESS,
             "billingAddress": {**ADDRESS, "postalCode": "ABC"}}  # fmt: skip
    assert shop.engine.buyer(query, input=wrong)["checkoutCreate"]["errors"] == [
        {"field": "postalCode", "code": "INVALID", "addressType": "BILLING"}
    ]


def test_an_address_is_kept_as_the_post_writes_it(shop: Shop, checkout: str) -> None:
    given = {"countryArea": "MA-09", "cityArea": "Talborjt", "phone": "06 61 22 33 44"}
    kept = update(shop, checkout, given)["checkout"]["shippingAddress"]
    assert kept == {
        "city": "AGADIR", "cityArea": "", "countryArea": "", "postalCode": "80000",
        "phone": "+212661223344",
    }  # fmt: skip


def test_what_is_checked_can_be_chosen(shop: Shop, checkout: str) -> None:
    assert errors(update(shop, checkout, {"postalCode": "ABC"}, checkFieldsFormat=False)) == []
    missing = {**LYON, "postalCode": ""}
    assert errors(update(shop, checkout, missing, checkRequiredFields=False)) == []
    as_typed = update(shop, checkout, {}, enableFieldsNormalization=False)
    assert as_typed["checkout"]["shippingAddress"]["city"] == "Agadir"


def test_a_telephone_number_is_checked_in_any_case(shop: Shop, checkout: str) -> None:
    wrong = {"postalCode": "ABC", "phone": "0661"}
    payload = update(shop, checkout, wrong, checkFieldsFormat=False)
    assert payload["errors"] == [{"field": "phone", "code": "INVALID", "addressType": None}]


def test_a_warehouse_has_a_real_address(shop: Shop) -> None:
    query = """mutation($input: WarehouseCreateInput!) {
      createWarehouse(input: $input) { errors { field code } }
    }"""
    wrong = {"name": "W", "slug": "w-of-nowhere", "address": {**ADDRESS, "postalCode": "ABC"}}
    assert shop.engine.as_app(query, input=wrong)["createWarehouse"]["errors"] == [
        {"field": "postalCode", "code": "INVALID"}
    ]
