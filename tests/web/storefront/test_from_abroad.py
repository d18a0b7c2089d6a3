"""A buyer sees the own country first, and of what comes from abroad what it costs at the door."""

import re
from html import unescape

import pytest
from django.test import Client

from search.indexing.index import reindex
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db

JORDAN = {
    "country_code": "JO",
    "region_code": "JO-AJ",
    "cooperative_slug": "ajloun",
    "place_names": {"fr": "Ajloun"},
}


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def cards(client: Client, address: str) -> list[str]:
    shown = client.get(address).content.decode()
    return re.findall(r'<article class="card">.*?</article>', shown, re.DOTALL)


@pytest.mark.parametrize("address", ["/jo/fr/", "/jo/fr/search/", "/jo/fr/category/honey/"])
def test_own_goods_come_first(client: Client, address: str) -> None:
    for _ in range(4):
        listing_page(prices={"jo": 5250})
    listing_page(prices={"jo": 5250}, **JORDAN)
    reindex()

    assert ["Ajloun" in card for card in cards(client, address)][:2] == [True, False]


def test_a_card_says_where_from_and_how_much_at_the_door(client: Client) -> None:
    listing_page(prices={"jo": 5250}, weight_grams=500)
    listing_page(prices={"jo": 4000}, **JORDAN)
    reindex()

    own, foreign = cards(client, "/jo/fr/search/")

    assert "Origine" not in own
    assert "livraison" not in own
    assert "Origine\u00a0: Maroc" in foreign
    said = re.sub(r"<[^>]+>|\s", "", unescape(foreign))
    (delivered,) = re.findall(r"Maroc·([\d,]+)", said)
    # as the listing's page has it: its price and that of the delivery
    slug = re.search(r'href="(/jo/fr/goods/[^"]+)"', foreign)
    assert slug
    page = text_of(client, slug[1])
    fee = re.search(r"Livraison .*? ([\d,]+) ", page)
    assert fee
    assert float(delivered.replace(",", ".")) == pytest.approx(
        5.25 + float(fee[1].replace(",", "."))
    )


def test_filters_begin_with_the_buyers_country_and_its_regions(client: Client) -> None:
    for region in ("MA-01", "MA-02", "MA-03", "MA-04", "MA-05", "MA-06", "MA-07", "MA-08", "MA-09"):
        for _ in range(2):
            listing_page(prices={"jo": 5250}, region_code=region)
    listing_page(prices={"jo": 5250}, **JORDAN)
    reindex()

    shown = client.get("/jo/fr/search/").content.decode()

    for parameter, own in (("country", "JO"), ("region", "JO-AJ")):
        values = re.findall(rf'name="{parameter}"[^>]*value="([^"]*)"', shown)
        assert values[0] == own
        assert "MA" in values[1]
