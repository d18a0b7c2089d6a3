"""The store's set-up: made once, found again, and as the shop needs it."""

from base64 import b64decode
from dataclasses import astuple

import pytest

from catalog.categories import CATEGORIES
from catalog.markets import MARKETS
from marketplace.core.actors import Actor
from marketplace.saleor import ids, past_orders, setup, setup_catalogue, store_plan
from marketplace.saleor.client import AttributeCreateInput, AttributeTypeEnum
from marketplace.saleor.errors import NotInstalled, NotSetUp
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import IdMapping
from marketplace.saleor.paging import nodes
from marketplace.saleor.past_orders import requisites
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def engine() -> None:
    install()


def test_without_an_installed_app_nothing_can_be_set_up() -> None:
    with pytest.raises(NotInstalled):
        setup.apply(by=BY)


def test_the_store_is_made_as_planned_and_a_second_time_nothing_changes(engine: None) -> None:
    wanted = setup.plan()

    report = setup.apply(by=BY)

    assert len(report.changes) == 1 + 6 + 7 + 2 + 24 + 6 + 2
    # Taxes of a channel can only be planned once the channel is there.
    assert set(wanted) < set(report.changes)
    assert setup.plan() == []
    assert setup.apply(by=BY).changes == []


def test_what_the_shop_relies_on_is_set(engine: None) -> None:
    setup.apply(by=BY)

    found = app_client().shop_setup()
    assert found.shop.reserve_stock_duration_anonymous_user == 30
    assert found.shop.reserve_stock_duration_authenticated_user == 30
    assert not app_client().stock_by_zones().shop.use_legacy_shipping_zone_stock_availability
    taxes = app_client().tax_configurations_page().tax_configurations
    assert taxes is not None
    assert {edge.node.tax_app_id for edge in taxes.edges} == {"twiza.marketplace"}


def test_a_store_that_exists_already_is_adopted(engine: None) -> None:
    setup.apply(by=BY)
    before = dict(IdMapping.objects.values_list("our_id", "global_id"))
    IdMapping.objects.all().delete()

    assert setup.plan() == []

    assert dict(IdMapping.objects.values_list("our_id", "global_id")) == before
    assert ids.find_global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, "ma-mad")) is not None


def test_a_set_up_that_was_interrupted_goes_on(
    engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(setup_catalogue, "_make_product_type", stop)
        with pytest.raises(KeyboardInterrupt):
            setup.apply(by=BY)

    report = setup.apply(by=BY)

    assert report.changes[0] == "product type cooperative-product"
    assert setup.plan() == []


def test_each_market_of_the_catalogue_has_its_channel() -> None:
    planned = [(c.slug, c.currency, c.default_country) for c in store_plan.CHANNELS]
    assert planned == [(m.channel_slug, m.currency, m.default_country) for m in MARKETS]
    assert len(store_plan.categories()) == len(CATEGORIES) == 24


def test_past_orders_find_what_they_have_to_name(engine: None) -> None:
    with pytest.raises(NotSetUp):
        requisites()

    setup.apply(by=BY)

    kinds = {b64decode(each).decode().partition(":")[0] for each in astuple(requisites())}
    assert kinds == {"ShippingMethod", "TaxClass"}
    (zone,) = nodes(lambda after: app_client().shipping_zones_page(after).shipping_zones)
    assert [method.name for method in zone.shipping_methods] == [store_plan.PAST_METHOD]


def test_a_zone_without_its_method_gets_one(engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(past_orders, "_make_method", stop)
        with pytest.raises(KeyboardInterrupt):
            setup.apply(by=BY)

    assert setup.apply(by=BY).changes == [f"shipping method {store_plan.PAST_METHOD}"]
    assert setup.plan() == []


def test_what_stands_on_a_later_page_is_found(engine: None) -> None:
    for number in range(100):
        app_client().create_attribute(
            AttributeCreateInput(
                name=f"A {number}", slug=f"a-{number}", type=AttributeTypeEnum.PRODUCT_TYPE
            )
        )

    setup.apply(by=BY)

    assert setup.plan() == []
