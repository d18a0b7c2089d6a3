"""The first page's cooperative of the week, gifts by price, and regions."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.core.amounts import read_amount
from marketplace.web.storefront.home.people_first import GIFT_PRICES
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from vendors.models import Cooperative
from vendors.queries import turn_of_the_week
from vendors.services import MemberFacts, show_member, write_texts

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
MONDAY = date(2026, 11, 30)


def presented(slug: str, *, country: str = "MA", region: str = "MA-09") -> Cooperative:
    """A cooperative with a story, a member who is presented, and something to sell."""
    made = make_published(slug, region=region, name=f"Coopérative {slug}")
    Cooperative.objects.within(made.scope).update(country_code=country)
    write_texts(
        cooperative=made, language="fr", name=f"Coopérative {slug}", story="Un four partagé.", by=BY
    )
    crafts = {"ar": "نسّاجة", "fr": "tisse", "en": "weaves"}
    facts = MemberFacts("Fadma", crafts, name_ar="فاطمة", has_consented=True)
    show_member(cooperative=made, facts=facts, by=BY)
    listing_page("saffron", cooperative_slug=slug, cooperative_id=made.pk)
    return made


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False)


def home(client: Client, market: str = "ma") -> str:
    return client.get(f"/{market}/fr/").content.decode()


def test_each_cooperative_has_its_week_in_turn(client: Client) -> None:
    slugs = {presented(slug).slug for slug in ("first", "second", "third")}
    make_published("silent", name="Sans histoire")
    shown = []
    for week in range(3):
        with on(MONDAY + timedelta(weeks=week)):
            shown.append(turn_of_the_week(["MA"])[0])
            assert f"/cooperatives/{shown[-1]}/" in home(client).split('id="week"')[1]
        with on(MONDAY + timedelta(weeks=week, days=6)):
            assert turn_of_the_week(["MA"])[0] == shown[-1]
    assert set(shown) == slugs


def test_the_page_names_the_people_and_shows_what_they_make(client: Client) -> None:
    presented("first")
    week = home(client).split('id="week"')[1].split("</section>")[0]
    for said in ("Fadma", "tisse", "Un four partagé.", "/goods/", "/illustrations/person/"):
        assert said in week


def test_somebody_has_the_same_face_in_every_language_and_nobody_elses(client: Client) -> None:
    made = presented("first")
    crafts = {"ar": "نسّاجة", "fr": "tisse", "en": "weaves"}
    facts = MemberFacts("Aïcha", crafts, name_ar="عائشة", has_consented=True)
    show_member(cooperative=made, facts=facts, by=BY)
    shown = {
        language: re.findall(
            r"/illustrations/person/[^\"]+", client.get(f"/ma/{language}/").content.decode()
        )
        for language in ("ar", "fr")
    }
    assert shown["ar"] == shown["fr"]
    assert len(set(shown["fr"])) == 2


def test_who_has_nothing_for_sale_here_is_passed_over(client: Client) -> None:
    presented("first")
    assert 'id="week"' not in home(client, "eu")


def test_the_buyers_own_country_comes_first() -> None:
    presented("first")
    presented("second", country="TN", region="TN-11")
    assert turn_of_the_week(["TN"]) == ["second"]
    assert turn_of_the_week(["FR"]) != []


def test_regions_lead_to_their_products_or_countries_to_theirs(client: Client) -> None:
    presented("first", region="MA-08")
    assert "/ma/fr/search/?region=MA-08" in home(client)
    assert "/eu/fr/search/?country=MA" in home(client, "eu")


@pytest.mark.parametrize("market", ["ma", "eg", "tn", "sn", "jo", "eu"])
def test_gifts_by_price_lead_to_a_search_that_reads_the_price(client: Client, market: str) -> None:
    html = home(client, market)
    addresses = [part.split('"')[0] for part in html.split("/search/?max=")[1:]]
    assert len(addresses) == 3
    for address in addresses:
        answer = client.get(f"/{market}/fr/search/?max={address.replace('&amp;', '&')}")
        assert answer.status_code == 200
        assert answer.context["form"].query.price_max_minor


def test_every_currency_has_its_prices_in_order() -> None:
    for currency, prices in GIFT_PRICES.items():
        assert list(prices) == sorted(set(prices)), currency
        assert all(read_amount(str(price), currency) for price in prices)
