"""What members and staff read of orders, each within their reach."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.orders.models import VendorOrder
from tests.factories.vendors import make_staff
from tests.orders.conftest import made_world
from tests.orders.conftest import world as shop
from tests.orders.world import World
from tests.web.api.asking import ask, client_of, codes, data

__all__ = ["made_world", "shop"]

pytestmark = pytest.mark.django_db

LIST = """query($c: String!, $state: VendorOrderFilter, $first: Int, $after: String) {
  vendorOrders(cooperative: $c, state: $state, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage }
    edges { node { id number state goods { amount } lines { title quantity } } } } }"""
ONE = """query($c: String!, $id: ID, $number: String) {
  vendorOrder(cooperative: $c, id: $id, number: $number) {
    number paymentStatus shipping { amountMinor } parcels { number lines { quantity } }
    deliverTo { name phone lines } } }"""


def part_of(shop: World) -> VendorOrder:
    return shop.part(shop.placed(rug=1, honey=1), shop.weavers)


def test_a_members_orders_go_page_by_page(shop: World) -> None:
    numbers = [part_of(shop).number for _ in range(3)][::-1]
    first = data(LIST, shop.manager, c=shop.weavers.slug, first=2)["vendorOrders"]
    after = first["pageInfo"]["endCursor"]
    second = data(LIST, shop.manager, c=shop.weavers.slug, first=2, after=after)["vendorOrders"]
    seen = [edge["node"]["number"] for page in (first, second) for edge in page["edges"]]
    assert seen == numbers
    assert (first["totalCount"], second["pageInfo"]["hasNextPage"]) == (3, False)
    node = first["edges"][0]["node"]
    assert (node["state"], node["goods"]) == ("PLACED", {"amount": "1500.00"})
    assert node["lines"][0]["quantity"] == 1


def test_a_state_narrows_and_more_orders_take_no_more_queries(shop: World) -> None:
    client = client_of(shop.manager)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            data(LIST, client=client, c=shop.weavers.slug, state="OPEN", first=50)
        return len(queries)

    part_of(shop)
    one = count()
    part_of(shop)
    part_of(shop)
    assert count() == one
    found = data(LIST, client=client, c=shop.weavers.slug, state="SHIPPED")
    assert found["vendorOrders"]["totalCount"] == 0


def test_one_order_by_id_or_number_with_whom_it_goes_to(shop: World) -> None:
    part = part_of(shop)
    slug = shop.weavers.slug
    by_id = data(ONE, shop.manager, c=slug, id=str(part.pk))["vendorOrder"]
    by_number = data(ONE, shop.manager, c=slug, number=part.number)["vendorOrder"]
    assert by_id == by_number
    assert by_id["paymentStatus"] == "PAID"
    assert by_id["deliverTo"]["name"] == "Salma Bennani"
    other = shop.part(part.order, shop.growers)
    assert codes(ask(ONE, shop.manager, c=slug, id=str(other.pk))) == ["NOT_FOUND"]
    assert codes(ask(ONE, shop.manager, c=slug, number=other.number)) == ["NOT_FOUND"]
    assert codes(ask(ONE, shop.manager, c=shop.growers.slug, id=str(other.pk))) == ["NOT_FOUND"]
    assert codes(ask(ONE, shop.manager, c=slug)) == ["BAD_VALUE"]
    assert codes(ask(ONE, shop.manager, c=slug, id="7")) == ["BAD_VALUE"]


def test_erased_personal_data_is_not_there(shop: World) -> None:
    part = part_of(shop)
    part.order.address_json = ""
    part.order.save(update_fields=["address_json"])
    found = data(ONE, shop.manager, c=shop.weavers.slug, id=str(part.pk))
    assert found["vendorOrder"]["deliverTo"] is None


def test_regional_staff_see_orders_of_their_regions(shop: World) -> None:
    part = part_of(shop)
    here = make_staff(shop.programme, "regional", regions=("MA-09",))
    document = """{ programme(slug: "mourafaka") {
      vendorOrders { edges { node { number cooperative { slug } } } } } }"""
    all_of_it = data(document, shop.coordinator)["programme"]["vendorOrders"]["edges"]
    theirs = data(document, here)["programme"]["vendorOrders"]["edges"]
    assert len(all_of_it) == 2
    assert [edge["node"]["number"] for edge in theirs] == [part.number]
