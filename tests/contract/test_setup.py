"""Setting a shop up: channel, attributes, cooperatives, zone, taxes, settings."""

import pytest

from tests.contract.buying import tax_configuration
from tests.contract.engine import Engine
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


def test_a_channel_comes_with_its_tax_configuration(engine: Engine, market: Market) -> None:
    # then it has flat rates
    mine = tax_configuration(market)
    assert (mine["taxCalculationStrategy"], mine["chargeTaxes"]) == ("FLAT_RATES", True)
    # when staff lets the App compute them
    wanted = {"taxCalculationStrategy": "TAX_APP", "taxAppId": engine.app.identifier}
    engine.done("UpdateTaxConfiguration", id=mine["id"], input={"chargeTaxes": True, **wanted})
    # then it is so
    assert tax_configuration(market) == {**mine, **wanted}


def test_only_an_app_that_answers_for_taxes_is_asked(engine: Engine, market: Market) -> None:
    mine = tax_configuration(market)
    payload = engine.staff(
        "UpdateTaxConfiguration",
        id=mine["id"],
        input={"taxCalculationStrategy": "TAX_APP", "taxAppId": "nobody"},
    )["taxConfigurationUpdate"]
    assert [each["code"] for each in payload["errors"]] == ["NOT_FOUND"]


def test_a_channels_slug_is_unique(engine: Engine, market: Market) -> None:
    payload = engine.staff(
        "CreateChannel",
        input={
            "name": "Again",
            "slug": market.channel_slug,
            "currencyCode": "MAD",
            "defaultCountry": "MA",
        },
    )["channelCreate"]
    assert payload["channel"] is None
    assert [(e["field"], e["code"]) for e in payload["errors"]] == [("slug", "UNIQUE")]


def test_reservation_times_are_settings_of_the_shop(engine: Engine) -> None:
    engine.done(
        "UpdateShopSettings",
        input={
            "reserveStockDurationAnonymousUser": 30,
            "reserveStockDurationAuthenticatedUser": 45,
            "useLegacyShippingZoneStockAvailability": False,
        },
    )
    shop = engine.as_app("ShopSetup")["shop"]
    assert shop["reserveStockDurationAnonymousUser"] == 30
    assert shop["reserveStockDurationAuthenticatedUser"] == 45
    stock = engine.as_app("StockByZones")["shop"]
    assert stock["useLegacyShippingZoneStockAvailability"] is False
    assert shop["version"].startswith("3.")


def test_a_zone_takes_only_warehouses_of_its_channels(engine: Engine, market: Market) -> None:
    # given a channel of its own, in which no cooperative sells
    other = engine.done(
        "CreateChannel",
        input={
            "name": "Other",
            "slug": f"other-{market.unique}",
            "currencyCode": "EUR",
            "defaultCountry": "FR",
        },
    )["channel"]["id"]
    # when a zone of that channel is to be served from a cooperative's warehouse
    payload = engine.staff(
        "CreateShippingZone",
        input={
            "name": "France",
            "countries": ["FR"],
            "addChannels": [other],
            "addWarehouses": [market.cooperatives[0].warehouse],
        },
    )["shippingZoneCreate"]
    # then it is refused
    assert payload["shippingZone"] is None
    assert [e["code"] for e in payload["errors"]] == ["INVALID"]


def test_a_product_without_its_cooperative_is_refused(engine: Engine, market: Market) -> None:
    payload = engine.staff(
        "CreateProduct",
        input={
            "name": "Stray",
            "productType": market.product_type,
            "category": market.category,
            "attributes": [{"id": market.attribute}],
        },
    )["productCreate"]
    assert payload["product"] is None
    assert [(e["field"], e["code"]) for e in payload["errors"]] == [("attributes", "REQUIRED")]


def test_a_cooperatives_page_is_found_and_translated(engine: Engine, market: Market) -> None:
    # given a cooperative
    cooperative = market.cooperatives[0]
    # when its page is translated
    engine.done(
        "TranslatePage", id=cooperative.page, language="AR", input={"title": "تعاونية تيغانيمين"}
    )
    # then anyone reads it in Arabic by its slug
    page = engine.buyer(
        "query($slug: String!) { page(slug: $slug) {"
        " id title translation(languageCode: AR) { title language { code } } } }",
        slug=cooperative.slug,
    )["page"]
    assert page == {
        "id": cooperative.page,
        "title": "Coopérative 1",
        "translation": {"title": "تعاونية تيغانيمين", "language": {"code": "AR"}},
    }


def test_an_unpublished_page_is_hidden_from_buyers(engine: Engine, market: Market) -> None:
    cooperative = market.cooperatives[0]
    engine.done("UpdatePage", id=cooperative.page, input={"isPublished": False})
    assert engine.buyer("PageBySlug", slug=cooperative.slug) == {"page": None}
    assert engine.as_app("PageBySlug", slug=cooperative.slug)["page"]["isPublished"] is False
