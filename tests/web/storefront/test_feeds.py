"""Feeds for shopping catalogues, held to what Google and Meta require of each item."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.models import ListingOffer, ListingPage
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from tests.web.storefront.feed_items import PHOTOS, G, items, said
from tests.web.storefront.seen_from_outside import ORIGIN

pytestmark = pytest.mark.django_db

PRICE = re.compile(r"\d+(\.\d+)? [A-Z]{3}")
# No package ships a schema: required elements with what they may hold, as both describe them.
REQUIRED = {
    "id": re.compile(r"[0-9a-f-]{36}"),
    "title": re.compile(r".{1,150}"),
    "description": re.compile(r".{1,5000}"),
    "link": re.compile(rf"{ORIGIN}/\S+"),
    "image_link": re.compile(rf"{ORIGIN}/media/photos/\S+\.jpg"),
    "availability": re.compile(r"(in|out of) stock|(in|out_of)_stock"),
    "price": PRICE,
    "brand": re.compile(r".{1,70}"),
    "condition": re.compile(r"new"),
    "identifier_exists": re.compile(r"no"),
}


@pytest.fixture(autouse=True)
def _a_real_shop(settings: Any) -> None:
    settings.PUBLIC_URL = ORIGIN


@pytest.mark.parametrize("reader", ["google", "meta"])
@pytest.mark.parametrize("market", ["ma", "eu", "sn"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_item_has_all_that_is_required(
    reader: str, market: str, language: str, client: Client
) -> None:
    page = listing_page("honey-thyme", prices={"ma": 16500, "eu": 1900, "sn": 9500}, media=PHOTOS)
    (item,) = items(client, f"/{market}/{language}/feeds/{reader}.xml")
    for name, form in REQUIRED.items():
        assert form.fullmatch(said(item, name)), (name, said(item, name))
    assert page.names[language] == said(item, "title")
    assert said(item, "price") == {"ma": "165.00 MAD", "eu": "19.00 EUR", "sn": "9500 XOF"}[market]
    assert said(item, "availability") == {"google": "in_stock", "meta": "in stock"}[reader]
    assert [each.text for each in item.iter(f"{G}additional_image_link")] == [
        f"{ORIGIN}{photo}" for photo in PHOTOS[1:]
    ]
    shipping = list(item.iter(f"{G}shipping"))
    assert len(shipping) == (6 if market == "eu" else 1)
    assert all(PRICE.fullmatch(said(each, "price")) for each in shipping)


def test_every_variant_is_an_item_whose_id_stays(client: Client) -> None:
    page = listing_page("honey-thyme", media=PHOTOS)
    ListingOffer.objects.create(
        page=page, variant_id="00000000-0000-0000-0000-00000000000b", variant_name="1 kg",
        amount_minor=9000, channel_slug="ma-mad", currency="MAD", available=0, position=1,
    )  # fmt: skip
    small, large = items(client)
    assert said(small, "item_group_id") == said(large, "item_group_id") == str(page.pk)
    assert said(large, "availability") == "out_of_stock"
    assert said(large, "title").endswith("1 kg")
    assert said(large, "link").endswith("?size=00000000-0000-0000-0000-00000000000b")
    before = {said(item, "id") for item in (small, large)}
    ListingPage.objects.update(names={"fr": "Autrement"}, slug="autrement")
    assert {said(item, "id") for item in items(client)} == before


def test_what_the_shop_does_not_show_is_in_no_feed(client: Client) -> None:
    make_published()
    listing_page("saffron", media=PHOTOS, is_published=False)
    listing_page("saffron", media=PHOTOS, prices={"eg": 5})
    listing_page("saffron")  # a drawing, which both refuse
    assert items(client) == []


def test_a_feed_reads_batch_after_batch(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from catalog.queries import shown_where

    monkeypatch.setattr(shown_where.listing_batches, "__defaults__", (2,))
    wanted = sorted(str(listing_page(media=PHOTOS).offers.get().variant_id) for _ in range(5))
    assert sorted(said(item, "id") for item in items(client)) == wanted


def test_hostile_texts_stay_text(client: Client) -> None:
    hostile = "]]></g:title><item>&\x0b\x00\u202e\ufffe<b>"
    listing_page(
        media=PHOTOS, names={"fr": hostile.replace("\x00", "")},
        cooperative_names={"fr": "<Coop> & \x08"}, descriptions={"fr": "a\x0bb"},
    )  # fmt: skip
    (item,) = items(client)
    assert said(item, "title") == "]]></g:title><item>& <b>"
    assert said(item, "brand") == "<Coop> &"


@pytest.mark.parametrize("path", ["/ma/fr/feeds/other.xml", "/xx/fr/feeds/google.xml"])
def test_no_other_feed_exists(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
