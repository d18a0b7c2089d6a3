"""The search page, what it offers beside results, and the suggestions of the search box."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.indexing.index import reindex
from search.models import SearchTally
from search.query_log import common_queries, frequent_queries
from tests.factories.listings import LONG_AGO, listing_page

pytestmark = pytest.mark.django_db
SHOP = {"market": "ma", "language": "fr"}


def page(client: Client, name: str = "search", **asked: object) -> str:
    response = client.get(reverse(f"storefront:{name}", kwargs=SHOP), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_was_dropped_and_what_price_was_read(client: Client) -> None:
    listing_page("saffron", prices={"ma": 5000})
    reindex()

    shown = page(client, q="safran volcanique moins de 100 dh")

    assert "volcanique" in shown.split("Sans résultat")[1][:40]
    assert "read=0" in shown


def test_a_named_region_is_offered_in_place_of_its_name(client: Client) -> None:
    listing_page("honey-thyme", region_code="MA-09")
    reindex()

    assert "region=MA-09" in page(client, q="miel souss-massa")


def test_an_offered_region_keeps_the_price_and_the_words_as_typed(client: Client) -> None:
    listing_page("honey-thyme", region_code="MA-09", prices={"ma": 9000})
    listing_page("honey-thyme", region_code="MA-09", prices={"ma": 34_500})
    reindex()
    shown = page(client, q="miel moins de 200 DH Souss")
    (address,) = re.findall(r'href="([^"]*region=MA-09[^"]*)"', shown)[:1]

    followed = client.get(unescape(address)).content.decode()

    assert 'value="miel moins de 200 DH"' in followed
    assert "1 produit" in followed
    # As prices are written: a random id may hold these digits, too.
    assert re.search(r"\b90[\s,]", followed)
    assert not re.search(r"\b345[\s,]", followed)


def test_price_ranges_are_links_that_keep_the_rest(client: Client) -> None:
    for amount in (2000, 9000, 40_000, 90_000):
        listing_page("honey-thyme", prices={"ma": amount})
    reindex()

    assert "q=miel&amp;max=" in page(client, q="miel")


@pytest.mark.parametrize("text", ["mie", "عس", "3sel"])
def test_suggestions_lead_to_listings_in_any_script(client: Client, text: str) -> None:
    listing = listing_page("honey-thyme")
    reindex()

    shown = page(client, "suggest", q=text)

    assert f"/ma/fr/goods/{listing.slug}/" in shown
    assert 'role="option"' in shown


def test_suggestions_name_categories_cooperatives_and_what_others_asked(client: Client) -> None:
    listing_page("honey-thyme", cooperative_slug="tafraout")
    reindex()
    for n in range(3):
        client.get(reverse("storefront:search", kwargs=SHOP), {"q": "Miel de thym"}, **visitor(n))

    assert "/ma/fr/category/honey/" in page(client, "suggest", q="mie")
    assert "/ma/fr/cooperatives/tafraout/" in page(client, "suggest", q="tafr")
    assert "q=miel+de+thym" in page(client, "suggest", q="miel")
    assert common_queries("mi", market="ma", language="ar") == {}
    assert page(client, "suggest", q="m").strip() == ""


def visitor(number: int) -> dict[str, str]:
    return {"REMOTE_ADDR": f"192.0.2.{number}"}


def test_a_full_page_takes_no_more_queries_than_one_listing(client: Client) -> None:
    def count() -> int:
        page(client, q="miel")
        with CaptureQueriesContext(connection) as queries:
            page(client, q="miel")
        return len(queries)

    listing_page("honey-thyme")
    reindex()
    one = count()
    for n in range(6):
        listing_page("honey-thyme", cooperative_slug=f"coop-{n}", media=[f"/media/{n}.jpg"])
    reindex()

    assert count() <= one


def test_searches_and_clicks_are_counted_without_persons(client: Client) -> None:
    listing_page("honey-thyme")
    reindex()
    page(client, q="Miel")
    page(client, q="xyzzyqq")
    client.post(reverse("storefront:search-chosen", kwargs=SHOP), {"q": "miel"})
    # what may name a person is not counted
    page(client, q="fatima@example.org")
    page(client, q="0661223344")

    told = {
        (w.text, w.searches, w.found_nothing, w.clicks)
        for w in frequent_queries(since=LONG_AGO.date())
    }
    assert told == {("miel", 1, 0, 1), ("xyzzyqq", 1, 1, 0)}
    assert {f.name for f in SearchTally._meta.fields} == {
        "id", "day", "market", "language", "text", "searches", "visitors", "listing_id",
        "found_nothing", "clicks", "category",
    }  # fmt: skip


def test_a_price_that_can_mean_two_amounts_is_offered_both_ways(client: Client) -> None:
    listing_page("carpet-knotted-wool", prices={"ma": 120_000})
    reindex()

    # given a price in the words
    shown = page(client, q="tapis moins de 1,500 dh")
    assert "jusqu’à 1,50" in shown
    assert "jusqu’à 1\u202f500" in shown
    offered = [unescape(a) for a in re.findall(r'<a class="chip" href="([^"]*)"', shown)]
    assert any("q=tapis+moins+de+1%2C500+dh" in a and "max=1500" in a for a in offered), offered
    # given a price in the filter
    shown = page(client, q="tapis", max="1,500")
    assert 'name="max-reading" value="150000"' in shown
    assert "max=1500" in shown.split('id="main"')[1].split("<h1>")[1]
    assert "1 produit" in shown
    assert "0 produit" in page(client, q="tapis", max="1,500", **{"max-reading": "150"})
    # given none
    assert "le montant en chiffres" in page(client, q="tapis", min="douze")


def test_the_prices_of_a_range_are_read_back_in_each_language(client: Client) -> None:
    for amount in (1234, 9000, 40_000, 90_000):
        listing_page("honey-thyme", prices={"tn": amount})
    reindex()
    for language in ("ar", "fr", "en"):
        shown = client.get(f"/tn/{language}/search/", {"q": "miel"}).content.decode()
        links = [part.split('"')[0] for part in shown.split('class="opt" href="')[1:]]
        assert links
        for link in links:
            answer = client.get(link.replace("&amp;", "&"))
            assert 'type="radio"' not in answer.content.decode()
