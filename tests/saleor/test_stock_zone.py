"""On a Saleor before 3.23 stock counts by zone: the set-up makes one, and warehouses join it."""

import pytest

from marketplace.core.actors import Actor
from marketplace.embedded import availability
from marketplace.embedded import models as engine
from marketplace.saleor import instances, setup, stock_zone, store_plan
from marketplace.saleor.gateway import app_client
from marketplace.saleor.versions import Version
from tests.factories import vendors as make
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
ZONE = f"shipping zone {store_plan.STOCK_ZONE}"


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine which says that it is a 3.22, and counts stock as one."""
    install()

    def is_at_least(wanted: Version) -> bool:
        return wanted <= (3, 22)

    for room in (setup, stock_zone):
        monkeypatch.setattr(room, "is_at_least", is_at_least)


def test_the_set_up_makes_the_zone_once(older: None) -> None:
    report = setup.apply(by=BY)

    assert ZONE in report.changes
    assert "shop: reserve stock for 30 minutes, stock by zone" in report.changes
    zone = engine.ShippingZone.objects.get(name=store_plan.STOCK_ZONE)
    assert {channel.slug for channel in zone.channels.all()} == {
        channel.slug for channel in store_plan.CHANNELS
    }
    assert {"MA", "FR", "SN", "US"} <= set(zone.countries)
    assert "EU" not in zone.countries
    assert not zone.shipping_methods.exists()
    assert engine.Shop.current().use_legacy_shipping_zone_stock_availability
    assert setup.plan() == []


def test_a_market_opened_later_joins_the_zone(older: None) -> None:
    setup.apply(by=BY)
    zone = engine.ShippingZone.objects.get(name=store_plan.STOCK_ZONE)
    zone.channels.remove(engine.Channel.objects.get(slug="jo-jod"))

    assert setup.apply(by=BY).changes == [f"{ZONE}: channels jo-jod"]

    assert zone.channels.filter(slug="jo-jod").exists()


def test_a_cooperatives_stock_counts_there(older: None) -> None:
    setup.apply(by=BY)
    make.make_published()
    warehouse = engine.Warehouse.objects.get()
    assert [zone.name for zone in warehouse.shipping_zones.all()] == [store_plan.STOCK_ZONE]


def test_a_newer_engine_gets_no_zone() -> None:
    install()

    report = setup.apply(by=BY)

    assert ZONE not in report.changes
    assert "shop: reserve stock for 30 minutes, stock by channel and warehouse" in report.changes
    assert not engine.ShippingZone.objects.filter(name=store_plan.STOCK_ZONE).exists()
    assert not stock_zone.is_in_the_way(app_client())
    assert instances.current().version
    assert availability.Shop.current().use_legacy_shipping_zone_stock_availability is False
