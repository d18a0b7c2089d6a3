"""Keeping what is published: found again, changed, translated in bulk, its pictures taken away."""

from typing import Any

import pytest

from tests.contract.buying import codes
from tests.contract.engine import Engine
from tests.contract.pictures import uploaded
from tests.contract.world import Market, Product

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


def as_app(engine: Engine, product: Product) -> dict[str, Any]:
    found: dict[str, Any] = engine.as_app("ProductById", id=product.id)["product"]
    return found


def done(engine: Engine, operation: str, **variables: Any) -> Any:
    (payload,) = engine.as_app(operation, **variables).values()
    assert payload["errors"] == [], payload["errors"]
    return payload


def test_a_product_is_found_again_by_our_own_name_for_it(engine: Engine, market: Market) -> None:
    reference = f"listing-{market.unique}"
    product = market.add_product(market.cooperatives[0], externalReference=reference)
    other = market.add_product(market.cooperatives[1])
    found = engine.as_app("ProductByExternalReference", reference=reference)["product"]
    assert found == {"id": product.id}
    assert engine.as_app("ProductByExternalReference", reference="nobody")["product"] is None
    many = engine.as_app("ProductsByIds", ids=[other.id, product.id, "UHJvZHVjdDow"])["products"]
    assert {edge["node"]["id"] for edge in many["edges"]} == {product.id, other.id}


def test_a_variant_gets_another_name_and_weight(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    change = {"name": "250 ml", "weight": {"unit": "G", "value": 430}}
    done(engine, "UpdateVariant", id=product.variant, input=change)
    node = as_app(engine, product)["productVariants"]["edges"][0]["node"]
    assert (node["name"], node["sku"]) == ("250 ml", product.sku)
    weight = engine.as_app(
        "query($id: ID!) { productVariant(id: $id) { weight { unit value } } }", id=product.variant
    )["productVariant"]["weight"]
    assert (weight["unit"], weight["value"]) in {("G", 430), ("KG", 0.43)}


def test_products_are_translated_in_one_call(engine: Engine, market: Market) -> None:
    first, second = (market.add_product(each) for each in market.cooperatives)
    wanted = [
        {"id": first.id, "languageCode": "AR", "translationFields": {"name": "زيت"}},
        {"id": first.id, "languageCode": "FR", "translationFields": {"name": "Huile"}},
        {"id": second.id, "languageCode": "AR", "translationFields": {"name": "صابون"}},
    ]
    payload = done(engine, "BulkTranslateProducts", translations=wanted)
    assert payload["count"] == 3
    seen = as_app(engine, first)
    assert (seen["arabic"]["name"], seen["french"]["name"]) == ("زيت", "Huile")
    assert as_app(engine, second)["arabic"]["name"] == "صابون"
    # a product that is not there leaves the others translated
    gone = {"id": "UHJvZHVjdDow", "languageCode": "FR", "translationFields": {"name": "Rien"}}
    savon = {"id": second.id, "languageCode": "FR", "translationFields": {"name": "Savon"}}
    payload = engine.as_app("BulkTranslateProducts", translations=[gone, savon])
    assert payload["productBulkTranslate"]["count"] == 1
    assert as_app(engine, second)["french"]["name"] == "Savon"


def test_a_category_is_named_in_another_language(engine: Engine, market: Market) -> None:
    text = {"name": "زيوت"}
    done(engine, "TranslateCategory", id=market.category, language="AR", input=text)
    found = engine.buyer(
        "query($id: ID!) { category(id: $id) { translation(languageCode: AR) { name } } }",
        id=market.category,
    )["category"]
    assert found == {"translation": text}


def test_a_picture_is_taken_away(engine: Engine, market: Market) -> None:
    product = market.add_product(market.cooperatives[0])
    first, second = (uploaded(engine, product) for _ in range(2))
    done(engine, "DeleteProductMedia", id=first)
    assert [each["id"] for each in as_app(engine, product)["media"]] == [second]
    again = engine.as_app("DeleteProductMedia", id=first)["productMediaDelete"]
    assert codes(again) == ["NOT_FOUND"]
