"""Delivery that a cooperative pays from a sum on: told alike on pages, on cards and in feeds."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.orders.services.set_free_delivery import set_free_delivery
from search.indexing.index import reindex
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from tests.web.storefront.feed_items import PHOTOS, G, items, said
from tests.web.storefront.seen_from_outside import ORIGIN, look
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db

PRICE = {"ma": 5000, "jo": 5250}


@pytest.fixture
def cooperative() -> Cooperative:
    found = make_published()
    listing_page(
        prices=PRICE, media=PHOTOS, cooperative_id=found.pk, cooperative_slug=found.slug,
        weight_grams=500,
    )  # fmt: skip
    return found


def free_from(cooperative: Cooperative, market: str, from_minor: int | None) -> None:
    by = Actor.system("test")
    set_free_delivery(cooperative=cooperative, wanted={market: from_minor}, by=by)


def in_feed(client: Client) -> str:
    (item,) = items(client)
    (shipping,) = item.iter(f"{G}shipping")
    return said(shipping, "price")


def in_page_head(client: Client) -> str:
    (item,) = items(client)
    seen = look(client, said(item, "link").removeprefix(ORIGIN))
    (offer,) = seen.structured["Product"]["offers"]
    (shipping,) = offer["shippingDetails"]
    return str(shipping["shippingRate"]["value"])


@pytest.mark.parametrize(("from_minor", "is_free"), [(5000, True), (5001, False), (None, False)])
def test_feeds_and_search_engines_are_told_what_the_checkout_takes(
    from_minor: int | None, is_free: bool, client: Client, cooperative: Cooperative, settings: Any
) -> None:
    settings.PUBLIC_URL = ORIGIN
    free_from(cooperative, "ma", 1)
    free_from(cooperative, "ma", from_minor)
    free_from(cooperative, "jo", 1)

    assert (in_feed(client) == "0.00 MAD") == is_free
    assert (float(in_page_head(client)) == 0) == is_free


@pytest.mark.parametrize(("from_minor", "is_free"), [(5250, True), (5251, False)])
def test_a_card_of_goods_from_abroad_adds_no_delivery_that_is_free(
    from_minor: int, is_free: bool, client: Client, cooperative: Cooperative
) -> None:
    free_from(cooperative, "jo", from_minor)
    reindex()

    html = client.get("/jo/fr/search/").content.decode()

    (card,) = re.findall(r'<article class="card">.*?</article>', html, re.DOTALL)
    text = re.sub(r"<[^>]+>|\s", "", unescape(card))
    (delivered,) = re.findall(r"Maroc·([\d,]+)", text)
    assert (float(delivered.replace(",", ".")) == 5.25) == is_free
