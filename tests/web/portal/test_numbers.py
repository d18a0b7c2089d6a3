"""The cooperative's numbers: what the shop and direct sales add up to, against the days before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core.days import day_of
from marketplace.direct_sales.models import DirectSale, DirectSaleDocument
from marketplace.direct_sales.periods import Span, period_of
from marketplace.direct_sales.queries.numbers import most_sold, numbers
from marketplace.orders.models import VendorOrder
from tests.direct_sales.selling import cancel, sell
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]
pytestmark = pytest.mark.django_db
DIRECT = DirectSale.objects.crossing(Crossing.POLICY)


def today(world: World) -> Span:
    day = day_of(timezone.now(), world.programme.time_zone)
    return Span(day, day)


def test_shop_and_direct_sales_add_up(world: World) -> None:
    world.placed(rug=2, honey=1)
    sell(world, 1, price=100_000)
    proven = sell(world, 2, price=50_000)
    DirectSaleDocument.objects.create(sale=proven, content_type="image/jpeg", size=1, digest="1")
    cancel(world, sell(world, 1))
    found = numbers(world.weavers, today(world))
    assert (found.orders, found.shop_minor) == (1, 300_000)
    assert (found.direct, found.direct_minor) == (2, 200_000)
    assert (found.documented, found.documented_minor) == (1, 100_000)
    assert (found.total_minor, found.others, found.currency) == (500_000, {}, "MAD")
    [best] = most_sold(world.weavers, today(world))
    assert (best.pieces, best.names["fr"]) == (5, "Tapis")
    # The growers see their own.
    other = numbers(world.growers, today(world))
    assert (other.orders, other.shop_minor, other.direct) == (1, 9_500, 0)


def test_other_currencies_are_told_apart_and_cancelled_orders_do_not_count(world: World) -> None:
    first, second = (world.placed(rug=1, honey=1) for _order in range(2))
    rows = VendorOrder.objects.crossing(Crossing.POLICY)
    rows.filter(order=first).update(state="cancelled")
    rows.filter(order=second).update(currency="EUR", goods_minor=14_000)
    found = numbers(world.weavers, today(world))
    assert (found.orders, found.shop_minor, found.others) == (1, 0, {"EUR": 14_000})


def test_the_page_compares_with_the_period_before(world: World) -> None:
    day = today(world).first
    sale, earlier = sell(world, 3, price=10_000), sell(world, 2, price=10_000)
    before = period_of("month", day).before.first
    DIRECT.filter(pk=earlier.pk).update(sold_on=before)
    path = f"/portal/{world.weavers.slug}/numbers/"
    client = browser(world.manager, "en")
    assert path in client.get(f"/portal/{world.weavers.slug}/").content.decode()
    text = client.get(path).content.decode()
    assert "MAD 300" in text.replace("\xa0", " ")
    assert "before: MAD\xa0200" in text
    assert "+50%" in text
    # The whole month before.
    text = client.get(f"{path}?period=month&back=1").content.decode()
    assert "MAD 200" in text.replace("\xa0", " ")
    assert sale.amount_minor == 30_000


@pytest.mark.parametrize("query", ["period=year", "back=-1", "back=9999999999", "back=x", "back="])
def test_whatever_is_asked_is_answered(world: World, query: str) -> None:
    answer = browser(world.manager).get(f"/portal/{world.weavers.slug}/numbers/?{query}")
    assert answer.status_code == 200


def test_who_may(world: World) -> None:
    path = f"/portal/{world.weavers.slug}/numbers/"
    assert browser(world.accountant).get(path).status_code == 200
    assert browser(world.other_manager).get(path).status_code == 404
    sold = DIRECT.filter(sold_on__gt=timezone.localdate() - timedelta(days=1))
    assert not sold.exists()
