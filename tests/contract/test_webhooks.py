"""Installing an App and telling it what happens: handshake, headers, signature, payloads."""

import json

import jwt
import pytest

from tests.contract.engine import Engine
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

APPS = "{ app { identifier isActive webhooks { name asyncEvents { eventType } } } }"


def test_installation_is_a_handshake(engine: Engine) -> None:
    # then the manifest was fetched with the version of the schema
    method, path, headers = engine.app.requests[0]
    assert (method, path) == ("GET", "/manifest")
    assert headers["saleor-schema-version"].startswith("3.")
    # and the token was handed over, unsigned, with the address of the API
    method, path, headers = engine.app.requests[1]
    assert (method, path) == ("POST", "/register")
    assert headers["saleor-api-url"].endswith("/graphql/")
    assert "saleor-signature" not in headers
    assert len(engine.app.token) == 30
    # and the token works
    app = engine.as_app(APPS)["app"]
    assert app["identifier"] == engine.app.identifier
    assert app["isActive"] is True
    events = [each["eventType"] for each in app["webhooks"][0]["asyncEvents"]]
    assert "PRODUCT_UPDATED" in events
    assert "TRANSLATION_CREATED" in events


def test_a_manifest_that_cannot_be_fetched_leaves_a_failed_installation(
    bare_engine: Engine,
) -> None:
    payload = bare_engine.done(
        "InstallApp",
        input={"appName": "Lost", "manifestUrl": f"{bare_engine.app.url}/lost", "permissions": []},
    )
    # the fake App answers {} there: not a manifest
    if not bare_engine.is_real:
        assert payload["appInstallation"]["status"] == "FAILED"
        assert payload["appInstallation"]["message"] != ""


def test_events_of_a_products_life(engine: Engine, market: Market) -> None:
    # when a product is made, priced, restocked, translated, renamed and deleted
    cooperative = market.cooperatives[0]
    product = market.add_product(cooperative, price=20)
    stocks = [{"warehouse": cooperative.warehouse, "quantity": 0}]
    engine.done("UpdateVariantStocks", variantId=product.variant, stocks=stocks)
    engine.done("TranslateProduct", id=product.id, language="AR", input={"name": "زيت"})
    engine.done("UpdateProduct", id=product.id, input={"name": "Huile vierge"})
    engine.done("DeleteProduct", id=product.id)
    engine.delivered(lambda: bool(engine.app.of("product_deleted")))
    # then the App was told each
    assert [p["product"]["id"] for p in engine.app.of("product_created")] == [product.id]
    priced = engine.app.of("product_variant_updated")[-1]
    assert priced["productVariant"]["channelListings"] == [{"price": {"amount": 20.0}}]
    assert engine.app.of("product_variant_stock_updated")[-1]["warehouse"] == {
        "slug": cooperative.warehouse_slug
    }
    assert len(engine.app.of("product_variant_out_of_stock")) == 1
    translated = engine.app.of("translation_created")[-1]
    assert translated["translation"] == {
        "__typename": "ProductTranslation",
        "name": "زيت",
        "language": {"code": "AR"},
    }
    assert engine.app.of("product_updated")[-1]["product"]["name"] == "Huile vierge"
    assert engine.app.of("product_deleted")[0]["product"] == {
        "id": product.id,
        "slug": product.slug,
    }


def test_headers_and_body_are_saleors(engine: Engine, market: Market) -> None:
    market.add_product(market.cooperatives[0])
    engine.delivered(lambda: bool(engine.app.of("product_created")))
    received = next(each for each in engine.app.received if each.event == "product_created")
    # headers, with their X- twins
    headers = received.headers
    assert headers["user-agent"].startswith("Saleor/3.")
    assert headers["content-type"] == "application/json"
    for name in ("saleor-event", "saleor-domain", "saleor-signature"):
        assert headers[name] == headers[f"x-{name}"]
    assert headers["saleor-api-url"].endswith("/graphql/")
    # (a real engine sends it unless its telemetry is off)
    assert headers.get("traceparent", "00-").startswith("00-")
    # the body is flat, the event's own selection
    assert set(received.payload) == {"__typename", "issuedAt", "product"}
    assert received.payload["__typename"] == "ProductCreated"
    # the signature is detached and covers the body
    signature = headers["saleor-signature"]
    assert signature.split(".")[1] == ""
    header = jwt.get_unverified_header(signature)
    assert header["alg"] == "RS256"
    assert header["b64"] is False
    keys = {each["kid"]: each for each in engine.app.keys()["keys"]}
    key = jwt.PyJWK.from_dict(keys[header["kid"]], algorithm="RS256")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.api_jws.decode(
            signature, key, algorithms=["RS256"], detached_payload=received.body + b" "
        )


def test_bulk_creation_tells_each_product(engine: Engine, market: Market) -> None:
    reference = [{"id": market.attribute, "reference": market.cooperatives[0].page}]
    rows = [
        {
            "name": f"Lot {number}",
            "productType": market.product_type,
            "category": market.category,
            "attributes": reference,
            "variants": [{"attributes": [], "sku": f"B-{number}-{market.unique}"}],
        }
        for number in range(3)
    ]
    made = engine.staff("BulkCreateProducts", products=rows)["productBulkCreate"]
    assert made["count"] == 3
    engine.delivered(lambda: len(engine.app.of("product_variant_created")) == 3)
    assert len(engine.app.of("product_created")) == 3


def test_a_mutation_that_is_refused_tells_nobody(engine: Engine, market: Market) -> None:
    engine.delivered()
    before = len(engine.app.received)
    payload = engine.staff(
        "CreateCategory", input={"name": "Double", "slug": f"double-{market.unique}"}
    )
    assert payload["categoryCreate"]["errors"] == []
    again = engine.staff(
        "CreateCategory", input={"name": "Double", "slug": f"double-{market.unique}"}
    )
    assert [e["code"] for e in again["categoryCreate"]["errors"]] == ["UNIQUE"]
    engine.delivered(lambda: len(engine.app.received) > before)
    assert [each.event for each in engine.app.received[before:]] == ["category_created"]


def test_bodies_keep_arabic_as_it_is(engine: Engine, market: Market) -> None:
    market.add_product(market.cooperatives[0], name="زيت أركان الغذائي")
    engine.delivered(lambda: bool(engine.app.of("product_created")))
    received = next(each for each in engine.app.received if each.event == "product_created")
    assert json.loads(received.body)["product"]["name"] == "زيت أركان الغذائي"
